import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { useVirtualizer } from "./use-virtualizer.ts";

export interface Column<Row> {
  readonly label: string;
  /** Width as a track of a CSS grid. */
  readonly width: string;
  /** True for a column that a narrow screen leaves out: its content is in the details too. */
  readonly isMinor?: boolean;
  readonly isNumber?: boolean;
  /** In place of the label, for sighted users. */
  readonly header?: ComponentChildren;
  render(row: Row): ComponentChildren;
}

export interface VirtualTableProps<Row> {
  /** Name of the table, for assistive technology. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly length: number;
  rowAt(index: number): Row | undefined;
  keyOf(row: Row): string;
  /** Key of the row whose details are open. */
  readonly openKey?: string | undefined;
  /** Called with the rows in view. */
  onView(first: number, last: number): void;
}

const ROW_HEIGHT = 30;

/**
 * A table of any length with few rows in the document. Arrow up and down move between the rows, to the same element with
 * `data-focus`.
 */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { label, columns, length, rowAt, keyOf, openKey, onView } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const focusNext = useRef<{ readonly index: number; readonly name: string }>(undefined);
  const virtualizer = useVirtualizer({ count: length, rowHeight: ROW_HEIGHT, scroller });
  const items = virtualizer.getVirtualItems();
  const { startIndex = 0, endIndex = 0 } = virtualizer.range ?? {};
  useEffect(() => onView(startIndex, endIndex), [startIndex, endIndex, length, onView]);
  useLayoutEffect(() => {
    const { index, name } = focusNext.current ?? {};
    const target = scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"] [data-focus="${name}"]`);
    if (target === null || target === undefined) return;
    focusNext.current = undefined;
    target.focus();
  });
  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0 || !(event.target instanceof HTMLElement)) return;
    const name = event.target.dataset["focus"];
    const at = event.target.closest<HTMLElement>("[data-index]")?.dataset["index"];
    const index = Number(at) + step;
    if (name === undefined || at === undefined || index < 0 || index >= length) return;
    event.preventDefault();
    focusNext.current = { index, name };
    virtualizer.scrollToIndex(index);
    scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"] [data-focus="${name}"]`)?.focus();
  }
  const tracks = columns.map(({ width }) => width).join(" ");
  const narrow = columns.filter(({ isMinor }) => isMinor !== true).map(({ width }) => width);
  const cellClass = ({ isMinor, isNumber }: Column<Row>): string =>
    `${isMinor ? "minor" : ""} ${isNumber ? "number" : ""}`;
  return (
    <div
      class="scroller"
      ref={scroller}
      tabIndex={0}
      role="region"
      aria-label={label}
      style={{ "--rows-height": `${length * ROW_HEIGHT}px` }}
    >
      <table
        class="virtual"
        role="table"
        aria-label={label}
        aria-rowcount={length + 1}
        style={{ "--tracks": tracks, "--narrow-tracks": narrow.join(" ") }}
      >
        <thead role="rowgroup">
          <tr role="row" aria-rowindex={1}>
            {columns.map((column) => (
              <th role="columnheader" scope="col" class={cellClass(column)} key={column.label}>
                {column.header ?? column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" style={{ height: `${virtualizer.getTotalSize()}px` }} onKeyDown={onKeyDown}>
          {items.map(({ index, start }) => {
            const row = rowAt(index);
            const key = row === undefined ? undefined : keyOf(row);
            return (
              <tr
                role="row"
                key={key ?? `row ${index}`}
                aria-rowindex={index + 2}
                data-index={index}
                class={key !== undefined && key === openKey ? "open" : ""}
                style={{ transform: `translateY(${start}px)`, height: `${ROW_HEIGHT}px` }}
              >
                {columns.map((column) => (
                  <td role="cell" class={cellClass(column)} key={column.label}>
                    {row === undefined ? <span class="pending">…</span> : column.render(row)}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
