import { linkTo } from "../../state/route.ts";

/** An object that leads to its own result. */
export const ItemLink = ({ id, text }: { readonly id: string; readonly text: string }) => (
  <a class="wrap" href={linkTo("reconciliation", id, { result: "all" })}>
    {text}
  </a>
);
