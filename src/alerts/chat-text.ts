import { inertText } from "../domain/inert-text.ts";

/** An invisible character that ends a link or a mention for a chat service, and nothing for its reader. */
const BREAK = "\u200b";
const MAX_CHARACTERS = 1_000;

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/**
 * Returns text of an upstream for a chat message, in which it can neither mention anybody, nor make a link, nor begin a
 * line of its own. Slack, Mattermost and Teams make links of addresses with and without a scheme, and of Markdown; their
 * mentions begin with `@` or `<!`.
 */
export function chatText(text: string, maxCharacters = MAX_CHARACTERS): string {
  const plain = inertText(text.replaceAll(/\s+/g, " ")).trim();
  const cut = plain.length > maxCharacters ? `${plain.slice(0, maxCharacters - 1)}…` : plain;
  return cut
    .replaceAll(/[&<>]/g, (found) => ENTITIES[found] ?? found)
    .replaceAll(/@/g, `@${BREAK}`)
    .replaceAll(/:(?=\/\/)/g, `:${BREAK}`)
    .replaceAll(/\](?=\()/g, `]${BREAK}`)
    .replaceAll(/(?<=[\p{L}\p{N}])\.(?=\p{L})/gu, `${BREAK}.`);
}
