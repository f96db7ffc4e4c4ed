import type { ComponentChildren } from "preact";

/** A table that scrolls sideways in its own box where the window is narrow. */
export const TableBox = ({ label, children }: { readonly label: string; readonly children: ComponentChildren }) => (
  <div class="table-box" role="group" aria-label={label} tabIndex={0}>
    {children}
  </div>
);
