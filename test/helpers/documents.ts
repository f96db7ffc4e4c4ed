import { readdirSync, readFileSync } from "node:fs";

/** Paths of the documents whose tables and examples are tested: the README and everything in `docs/`. */
export const DOCUMENTS: readonly string[] = [
  "README.md",
  ...readdirSync("docs")
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

/** The documents one after the other. */
const text = DOCUMENTS.map((path) => readFileSync(path, "utf8")).join("\n");

/** Content of the code block in this language below `<!-- KIND: NAME -->`; throws unless one document has it, once. */
export function codeBlock(marker: "example" | "output", name: string, language: string): string {
  const parts = text.split(`<!-- ${marker}: ${name} -->\n\`\`\`${language}\n`);
  const content = parts[1]?.split("```")[0];
  if (parts.length !== 2 || content === undefined) {
    throw new Error(`expected one ${marker} "${name}" in ${language}, found ${parts.length - 1}`);
  }
  return content;
}

/** Cells of the rows of the table below a heading of the second level, without the header and the row of dashes. */
export function tableUnder(path: string, heading: string): string[][] {
  const section = readFileSync(path, "utf8").split(`\n## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("|"));
  return rows.slice(2).map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
