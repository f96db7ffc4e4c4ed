import type { ComponentChildren } from "preact";
import { Facts, label, SourceLink, Time } from "../../ui/elements.tsx";
import { TableBox } from "../../ui/table-box.tsx";
import {
  columnsOf,
  currencyIn,
  type Fact,
  factName,
  factOf,
  type FactPlace,
  type FactsByName,
  isByName,
  isList,
  isTable,
  hasAmount,
  textOf,
} from "./fact.ts";
import { placeOfObject } from "./object-place.ts";

export interface EvidenceFactsProps {
  readonly sourceId: string;
  readonly evidence: readonly { readonly name: string; readonly value: string }[];
}

/** The facts that a finding is based on, with links to the objects that they name: a list of rows is a table. */
export function EvidenceFacts({ sourceId, evidence }: EvidenceFactsProps) {
  const facts = Object.fromEntries(evidence.map(({ name, value }) => [name, factOf(value)]));
  return <FactGroup facts={facts} sourceId={sourceId} />;
}

interface FactGroupProps {
  readonly facts: FactsByName;
  readonly sourceId: string;
}

function FactGroup({ facts, sourceId }: FactGroupProps) {
  const currency = currencyIn(facts);
  const entries = Object.entries(facts);
  const tables = entries.flatMap(([name, fact]) => (isTable(fact) ? [[name, fact] as const] : []));
  const others = entries.filter(
    ([name, fact]) => !isTable(fact) && !isEmpty(fact) && !(name === "currency" && hasAmount(facts)),
  );
  return (
    <>
      <Facts
        facts={others.map(([name, fact]) => [
          label(factName(name)),
          <FactValue fact={fact} place={{ name, currency }} sourceId={sourceId} />,
        ])}
      />
      {tables.map(([name, rows]) => (
        <FactTable key={name} name={label(factName(name))} rows={rows} sourceId={sourceId} />
      ))}
    </>
  );
}

const isEmpty = (fact: Fact): boolean => fact === "" || (isList(fact) && fact.length === 0);

interface FactTableProps {
  readonly name: string;
  readonly rows: readonly FactsByName[];
  readonly sourceId: string;
}

function FactTable({ name, rows, sourceId }: FactTableProps) {
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
                  <FactValue
                    fact={row[column] ?? ""}
                    place={{ name: column, currency: currencyIn(row) }}
                    sourceId={sourceId}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
}

interface FactValueProps {
  readonly fact: Fact;
  readonly place: FactPlace;
  readonly sourceId: string;
}

function FactValue({ fact, place, sourceId }: FactValueProps): ComponentChildren {
  if (typeof fact === "string") return <FactText text={fact} place={place} sourceId={sourceId} />;
  if (isByName(fact)) return <FactGroup facts={fact} sourceId={sourceId} />;
  return fact.map((one, index) => (
    <span class="block" key={index}>
      <FactValue fact={one} place={place} sourceId={sourceId} />
    </span>
  ));
}

interface FactTextProps extends Omit<FactValueProps, "fact"> {
  readonly text: string;
}

function FactText({ text, place, sourceId }: FactTextProps) {
  if (text === "") return <span class="none">—</span>;
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text)) return <Time at={text} />;
  if (place.name === "sourceId") return <SourceLink id={text} />;
  const href = placeOfObject(text, sourceId);
  if (href !== undefined)
    return (
      <a class="id" href={href}>
        {text}
      </a>
    );
  return <span class="wrap">{textOf(text, place)}</span>;
}
