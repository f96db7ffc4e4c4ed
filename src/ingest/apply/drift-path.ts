/** Longest path in a finding. */
const MAX_PATH = 200;
/** Longest sample in a finding. */
const MAX_SAMPLE = 100;

/** A name that a contract would have: longer ones, other characters and long numbers may be data in place of a name. */
const NAME = /^(?!.*\d{6})@?[\w$#-]{1,60}$/;

/**
 * Returns a path by which all objects with the same difference are counted: positions in lists and keys of maps are left
 * out, and what may be personal data in place of a name is `*`. `fees[3].status` is `fees[].status`.
 */
export function driftPath(path: string): string {
  return samplePath(path).replaceAll(POSITION, "[]");
}

/** Returns the path of one object, without what may be personal data in place of a name or of a key of a map. */
export function samplePath(path: string): string {
  const withoutKeys = path.replaceAll(BRACKETS, (part) => (/^\[\d{1,5}\]$/.test(part) ? part : "[]"));
  const names = withoutKeys.split(/([./])/).map((part) => {
    if (part === "." || part === "/") return part;
    const name = part.replaceAll(POSITION, "");
    return name === "" || NAME.test(name) ? part : "*";
  });
  return names.join("").slice(0, MAX_PATH);
}

/** A position in a list, or a key of a map. */
const BRACKETS = /\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]/g;
const POSITION = /\[\d*\]/g;

/** A code: what the values of an enumeration look like, and amounts, names and account numbers do not. */
const CODE = /^(?!.*\d{5})(?=.*[A-Za-z_]|\d{1,3}$)[\w.:/-]{1,60}$/;

/** Returns the value of an enumeration, or its shape if it does not look like one. */
export function codeSample(value: string): string {
  return CODE.test(value) ? value : `text of ${value.length} characters`;
}

/** Returns what was expected and received, without quoted parts of what was received. */
export function problemSample(problem: string): string {
  return problem.replaceAll(/"(?:[^"\\]|\\.)*"?/g, '"…"').slice(0, MAX_SAMPLE);
}
