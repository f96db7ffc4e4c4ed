import { describe, expect, test } from "@jest/globals";
import { getNamedType, isEnumType, isInputObjectType, isIntrospectionType, isObjectType } from "graphql";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { loadSchema } from "../../src/server/load-schema.ts";
import { tableUnder } from "../helpers/documents.ts";
import { sourceFiles } from "./import-graph.ts";
import { type NamedPart, namedParts } from "./named-parts.ts";
import { REFUSED_WORDS, refusedInName, refusedInSentence, wordsOfName } from "./vocabulary.ts";

/** Generated code has the words of what it is made from. A migration and its test speak of names as they once were. */
const UNCHECKED = /(^|\/)__generated__\/|\.generated\.ts$|^src\/store\/migrations\/|-migration\.test\.ts$/;

/** Names whose word is not ours to choose. */
const ALLOWED: readonly { readonly files: RegExp; readonly name: string; readonly reason: string }[] = [
  {
    files: /^src\/connectors\/plaid\/(cursor|sync-loop|read\.test)\.ts$/,
    name: "shown",
    reason: "key of the cursors that are stored",
  },
];

const FILES = sourceFiles(process.cwd(), ["src", "sandbox", "resolvers", "dashboard", "test", "tools"]).filter(
  (file) => !UNCHECKED.test(file),
);
const PARTS = FILES.flatMap((file) =>
  namedParts(readFileSync(file, "utf8")).map((part) => ({ ...part, file, place: `${file}:${part.line} ${part.text}` })),
);

const refusedIn = ({ kind, text }: NamedPart): readonly string[] =>
  kind === "name" ? refusedInName(text) : refusedInSentence(text);

const refusedParts = (kind: NamedPart["kind"]) =>
  PARTS.filter((part) => part.kind === kind && refusedIn(part).length > 0);

const advice = (place: string, words: readonly string[]): string =>
  `${place}: ${words.map((word) => `"${word}" is ${REFUSED_WORDS.get(word)}`).join("; ")}`;

const schema = loadSchema();
/** What the federation library adds is its own to name. */
const sdlTypes = Object.values(schema.getTypeMap()).filter(
  (type) => !isIntrospectionType(type) && !/^(_|federation__|link__)/.test(type.name),
);

interface Described {
  readonly name: string;
  readonly description?: string | null | undefined;
}

/** Every type, field, argument and enum value of the schema. */
const sdlElements = sdlTypes.flatMap((type): readonly (readonly [place: string, element: Described])[] => {
  if (isEnumType(type)) return [type, ...type.getValues()].map((element) => [`${type.name} ${element.name}`, element]);
  if (!("getFields" in type)) return [[type.name, type]];
  const fields = Object.values(type.getFields()).flatMap((field): readonly Described[] =>
    "args" in field ? [field, ...field.args] : [field],
  );
  return [type, ...fields].map((element) => [`${type.name} ${element.name}`, element]);
});

describe("the vocabulary", () => {
  test("has no refused word in a name of the code", () => {
    const isAllowed = ({ file, text }: { readonly file: string; readonly text: string }): boolean =>
      ALLOWED.some(({ files, name }) => name === text && files.test(file));
    const refused = refusedParts("name").filter((part) => !isAllowed(part));
    expect(refused.map((part) => advice(part.place, refusedIn(part)))).toEqual([]);
  });

  test("has no refused word in the name of a file", () => {
    const refused = FILES.map((file) => [file, refusedInName(basename(file, ".ts"))] as const);
    expect(refused.flatMap(([file, words]) => (words.length > 0 ? [advice(file, words)] : []))).toEqual([]);
  });

  test("has no refused word in the schema's names and descriptions", () => {
    expect(sdlElements.length).toBeGreaterThan(400);
    const refused = sdlElements.flatMap(([place, { name, description }]) => {
      const words = [...refusedInName(name), ...refusedInSentence(description ?? "")];
      return words.length > 0 ? [advice(place, words)] : [];
    });
    expect(refused).toEqual([]);
  });

  test("has no refused word in the text of an error or a log line", () => {
    expect(PARTS.filter(({ kind }) => kind === "message").length).toBeGreaterThan(400);
    expect(refusedParts("message").map((part) => advice(part.place, refusedIn(part)))).toEqual([]);
  });

  test("has no refused word in the title of a test", () => {
    expect(PARTS.filter(({ kind }) => kind === "title").length).toBeGreaterThan(1_000);
    expect(refusedParts("title").map((part) => advice(part.place, refusedIn(part)))).toEqual([]);
  });

  test("has no exception that is not needed", () => {
    const unused = ALLOWED.filter(
      ({ files, name }) => !refusedParts("name").some(({ file, text }) => name === text && files.test(file)),
    );
    expect(unused.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([]);
  });

  test("proposes no word that it refuses", () => {
    expect([...REFUSED_WORDS.values()].flatMap(refusedInSentence)).toEqual([]);
  });
});

describe("the check of the vocabulary", () => {
  test.each([
    ["name", "const isHeaderTold = true;"],
    ["name", "class Reader { #heldBytes = 0; }"],
    ["name", "const row = `select ${toldColumns} from entries`;"],
    ["name", "const SIGHTING_COLUMNS = 1;"],
    ["message", 'throw new ServiceError("INTERNAL", "the lease is held by another process");'],
    ["message", "fail(new TypeError(`${name} was told ${count} times`));"],
    ["message", 'log.warn({ sourceId }, "the delivery was judged twice");'],
    ["title", 'test("is told once", () => undefined);'],
    ["title", 'test.each([["a", 1]])("%s is told once", () => undefined);'],
  ] as const)("finds a planted word in a %s: %s", (kind, source) => {
    const refused = namedParts(source).filter((part) => refusedIn(part).length > 0);
    expect(refused.map((part) => part.kind)).toEqual([kind]);
  });

  test.each([
    "// held and told are ordinary in a comment",
    'const text = "held and told are ordinary in a value";',
    "const pattern = /`told`/;",
    "const threshold = withheld;",
    'throw new ServiceError("INTERNAL", "there is no other way, says the log");',
  ])("accepts %s", (source) => {
    expect(namedParts(source).flatMap(refusedIn)).toEqual([]);
  });
});

describe("the glossary", () => {
  const entries = tableUnder("docs/glossary.md", "Words").map(([word = "", meaning = ""]) => ({ word, meaning }));
  /** Words of a name or an entry in the singular, between spaces. */
  const singular = (words: readonly string[]): string =>
    ` ${words.map((word) => word.replace(/ies$/, "y").replace(/(?<=[^su])s$/, "")).join(" ")} `;
  const spoken = new Map(entries.map(({ word }) => [word, singular(word.split(/[\s-]+/))]));

  test("has one entry for each word, in alphabetical order, with one meaning", () => {
    const words = entries.map(({ word }) => word);
    expect(words.length).toBeGreaterThan(70);
    expect(new Set(words).size).toBe(words.length);
    expect(words).toEqual(words.toSorted((a, b) => a.localeCompare(b, "en")));
    expect(entries.filter(({ meaning }) => meaning === "" || meaning.includes(";"))).toEqual([]);
  });

  test("has an entry for each type of the domain, and for each object type and enum of the schema", () => {
    const exported = sourceFiles(process.cwd(), ["src/domain"]).flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/^export (?:interface|type|class) (\w+)/gm)].map(([, name = ""]) => name),
    );
    const roots = [schema.getQueryType(), schema.getMutationType()].map((type) => type && getNamedType(type).name);
    const objects = sdlTypes.filter((type) => isObjectType(type) || isEnumType(type)).map(({ name }) => name);
    const types = [...new Set([...exported, ...objects])].filter((name) => !roots.includes(name));
    expect(types.length).toBeGreaterThan(150);
    const isReached = (name: string): boolean =>
      [...spoken.values()].some((words) => singular(wordsOfName(name)).includes(words));
    expect(types.filter((name) => !isReached(name))).toEqual([]);
  });

  test("has no word that neither the code nor the schema uses", () => {
    const names = [
      ...PARTS.filter(({ kind }) => kind === "name").map(({ text }) => text),
      ...FILES.map((file) => basename(file, ".ts")),
      ...sdlTypes.flatMap((type) => (isInputObjectType(type) ? [] : [type.name])),
    ];
    const used = new Set(names)
      .values()
      .map((name) => singular(wordsOfName(name)))
      .toArray()
      .join("|");
    expect(entries.map(({ word }) => word).filter((word) => !used.includes(spoken.get(word) ?? ""))).toEqual([]);
  });
});
