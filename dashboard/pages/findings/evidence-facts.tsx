import type { ComponentChildren } from "preact";
import { Facts, label, SourceLink, Time } from "../../ui/elements.tsx";
import { TableBox } from "../../ui/table-box.tsx";
import {
  columnsOf,
  type Fact,
  factName,
  factOf,
  type FactPart,
  type FactsByName,
  hasAmount,
  isByName,
  isList,
  isTable,
  MAX_PARTS,
  textOf,
} from "./fact.ts";
import { placeOfObject } from "./object-place.ts";

export interface EvidenceFactsProps {
  readonly evidence: readonly { readonly name: string; readonly parts: readonly FactPart[] }[];
}

/** The facts that a finding is based on, with links to the objects that they name: a list of rows is a table. */
export function EvidenceFacts({ evidence }: EvidenceFactsProps) {
  const facts = evidence.flatMap(({ name, parts }) => {
    const fact = factOf(parts);
    return fact === undefined ? [] : [[name, fact] as const];
  });
  const isCut = evidence.some(({ parts }) => parts.length >= MAX_PARTS);
  return (
    <>
      <FactGroup facts={{ byName: new Map(facts) }} />
      {isCut && <p class="under">The first {MAX_PARTS} values of each fact are displayed.</p>}
    </>
  );
}

function FactGroup({ facts }: { readonly facts: FactsByName }) {
  const entries = [...facts.byName];
  const tables = entries.flatMap(([name, fact]) => (isTable(fact) ? [[name, fact] as const] : []));
  const others = entries.filter(
    ([name, fact]) => !isTable(fact) && !isEmpty(fact) && !(name === "currency" && hasAmount(facts)),
  );
  return (
    <>
      <Facts facts={others.map(([name, fact]) => [label(factName(name)), <FactValue fact={fact} name={name} />])} />
      {tables.map(([name, rows]) => (
        <FactTable key={name} name={label(factName(name))} rows={rows} />
      ))}
    </>
  );
}

const isEmpty = (fact: Fact): boolean => "value" in fact && fact.value === "";

interface FactTableProps {
  readonly name: string;
  readonly rows: readonly FactsByName[];
}

function FactTable({ name, rows }: FactTableProps) {
  const columns = columnsOf(rows);
  return (
    <TableBox label={name}>
      <table class="dense facts-table">
        <caption>{name}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col" key={column}>
                {label(factName(column))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {columns.map((column) => (
                <td key={column}>
                  <FactValue fact={row.byName.get(column) ?? NOTHING} name={column} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
}

const NOTHING: FactPart = { path: "", value: "", unit: null };

interface FactValueProps {
  readonly fact: Fact;
  /** Name of the nearest fact that has one. */
  readonly name: string;
}

function FactValue({ fact, name }: FactValueProps): ComponentChildren {
  if (isByName(fact)) return <FactGroup facts={fact} />;
  if (!isList(fact)) return <FactText part={fact} name={name} />;
  return fact.map((one, index) => (
    <span class="block" key={index}>
      <FactValue fact={one} name={name} />
    </span>
  ));
}

function FactText({ part, name }: { readonly part: FactPart; readonly name: string }) {
  const { value: text } = part;
  if (text === "") return <span class="none">—</span>;
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text)) return <Time at={text} />;
  if (name === "sourceId") return <SourceLink id={text} />;
  const href = placeOfObject(text);
  if (href !== undefined)
    return (
      <a class="id" href={href}>
        {text}
      </a>
    );
  return <span class="wrap">{textOf(part, name)}</span>;
}
