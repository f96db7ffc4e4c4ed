import { useState } from "preact/hooks";
import { createSelection, type Selection } from "./selection.ts";

/** The selection in a list. @param key identifies what is listed: another list begins without a selection */
export function useSelection(key: string): readonly [selection: Selection, select: (selection: Selection) => void] {
  const [selection, setSelection] = useState<{ readonly key: string; readonly value: Selection }>();
  const selected = selection?.key === key ? selection.value : createSelection();
  return [selected, (value) => setSelection({ key, value })];
}
