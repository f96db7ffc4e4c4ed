import type { Severity } from "../domain/severity.ts";
import { type AlertData, type AlertForm, type AlertType, TYPE_NAMES } from "./alert.ts";
import { chatText } from "./chat-text.ts";

/** A message to be sent. */
export interface Message {
  readonly type: AlertType;
  readonly severity: Severity;
  /** RFC 3339: when what it reports happened. It is the same at each attempt. */
  readonly at: string;
  readonly data: AlertData;
  readonly changes: number;
}

/** @param dashboardUrl address of the dashboard; undefined: it is not known from outside */
export function bodyOf(form: AlertForm, message: Message, dashboardUrl: string | undefined): string {
  const url = dashboardUrl === undefined ? undefined : `${dashboardUrl}/${placeOf(message)}`;
  if (form === "CHAT_TEXT") return JSON.stringify({ text: textOf(message, url) });
  const { type, at, severity, data, changes } = message;
  return JSON.stringify({
    type: TYPE_NAMES[type],
    timestamp: at,
    data: { ...data, severity, ...(changes > 1 && { changes }), ...(url !== undefined && { url }) },
  });
}

/** Returns the place in the dashboard. */
function placeOf({ type, data }: Message): string {
  const { sourceId, findingId } = data;
  if (typeof findingId === "string")
    return `#/findings/${encodeURIComponent(findingId)}${type === "FINDING_CLOSED" ? "?state=closed" : ""}`;
  if (type === "SOURCE_HEALTH_CHANGED" && typeof sourceId === "string")
    return `#/sources/${encodeURIComponent(sourceId)}`;
  return type === "FINDINGS_OMITTED" ? "#/findings" : "#/alerts";
}

/** Sentences for people. Everything that an upstream may have written is made harmless. */
function textOf(message: Message, url: string | undefined): string {
  const lines = sentencesOf(message).filter((line) => line !== "");
  return [...lines, ...(url === undefined ? [] : [url])].join("\n");
}

const word = (value: unknown): string => (typeof value === "string" ? chatText(value) : "");
const words = (value: unknown): string => word(value).toLowerCase().replaceAll("_", " ");
const sentence = (text: string): string => (text === "" || /[.!?…]$/.test(text) ? text : `${text}.`);

function sentencesOf({ type, severity, data, changes }: Message): readonly string[] {
  const source = word(data["sourceId"]);
  switch (type) {
    case "FINDING_OPENED":
      return [
        `${severity}: ${word(data["kind"])} at the source ${source}.`,
        sentence(word(data["sentence"])),
        data["remedy"] === undefined ? "" : `What to do: ${sentence(word(data["remedy"]))}`,
      ];
    case "FINDING_CLOSED":
      return [`Resolved: ${word(data["kind"])} at the source ${source}.`, sentence(word(data["sentence"]))];
    case "FINDINGS_OMITTED":
      return [
        `${severity}: ${changes} further ${changes === 1 ? "finding was" : "findings were"} opened. They are not sent one by one, because too many messages wait for this endpoint.`,
      ];
    case "SOURCE_HEALTH_CHANGED":
      return healthSentences(data, source, severity, changes);
    case "TEST":
      return [`A test of the alert endpoint ${word(data["endpointName"])}. Nothing is wrong.`];
  }
}

function healthSentences(data: AlertData, source: string, severity: Severity, changes: number): readonly string[] {
  const state = words(data["state"]);
  const isOver = data["state"] === "IN_STEP";
  const often = changes > 1 ? ` Its state has changed ${changes} times.` : "";
  return [
    `${isOver ? "Resolved" : severity}: the source ${source} is ${state}; it was ${words(data["previous"])}.${often}`,
    sentence(word(data["sentence"])),
    data["remedy"] === undefined ? "" : `What to do: ${sentence(word(data["remedy"]))}`,
  ];
}
