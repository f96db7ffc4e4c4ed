import { useEffect, useRef } from "preact/hooks";
import { locate } from "../format/locate.ts";

export interface BytesProps {
  readonly text: string;
  /** Path of the faulty place; empty if none is known. */
  readonly path: string;
}

/** Characters around the faulty place; more of a large text would make the page slow. */
const AROUND = 20_000;

/** Bytes of an upstream, as text, with the faulty place marked and in view. */
export function Bytes({ text, path }: BytesProps) {
  const mark = useRef<HTMLElement>(null);
  const box = useRef<HTMLPreElement>(null);
  useEffect(() => {
    if (mark.current !== null && box.current !== null) box.current.scrollTop = Math.max(0, mark.current.offsetTop - 60);
  }, [text, path]);
  const { start, end } = locate(text, path) ?? { start: 0, end: 0 };
  const [from, to] = [Math.max(0, start - AROUND), Math.min(text.length, end + AROUND)];
  return (
    <>
      {path !== "" && start === end && <p class="hint">The place {path} was not found in the bytes.</p>}
      <pre class="bytes" ref={box} tabIndex={0} aria-label="Bytes as they were received">
        {from > 0 && <span class="cut">… {from} characters before</span>}
        {text.slice(from, start)}
        {start !== end && <mark ref={mark}>{text.slice(start, end)}</mark>}
        {text.slice(end, to)}
        {to < text.length && <span class="cut">… {text.length - to} characters after</span>}
      </pre>
    </>
  );
}
