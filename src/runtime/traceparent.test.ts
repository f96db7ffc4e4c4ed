import { expect, test } from "@jest/globals";
import { formatTraceparent, parseTraceparent } from "./traceparent.ts";

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const SPAN = "b7ad6b7169203331";

test("a traceparent is read and written in the form of version 00", () => {
  const position = { traceId: TRACE, spanId: SPAN, traceFlags: 1 };
  expect(parseTraceparent(`00-${TRACE}-${SPAN}-01`)).toEqual(position);
  expect(formatTraceparent(position)).toBe(`00-${TRACE}-${SPAN}-01`);
  expect(parseTraceparent(`00-${TRACE}-${SPAN}-00`)).toEqual({ ...position, traceFlags: 0 });
});

test("flags and fields of later versions are ignored, as the standard requires", () => {
  expect(parseTraceparent(`00-${TRACE}-${SPAN}-ff`)).toEqual({ traceId: TRACE, spanId: SPAN, traceFlags: 1 });
  expect(parseTraceparent(`cc-${TRACE}-${SPAN}-01-what-the-future-brings`)).toBeDefined();
});

test.each([
  ["no text", undefined],
  ["two headers", [`00-${TRACE}-${SPAN}-01`, `00-${TRACE}-${SPAN}-01`]],
  ["an empty text", ""],
  ["an empty trace id", `00-${"0".repeat(32)}-${SPAN}-01`],
  ["an empty span id", `00-${TRACE}-${"0".repeat(16)}-01`],
  ["upper case", `00-${TRACE.toUpperCase()}-${SPAN}-01`],
  ["a forbidden version", `ff-${TRACE}-${SPAN}-01`],
  ["more fields than version 00 has", `00-${TRACE}-${SPAN}-01-more`],
  ["a line break", `00-${TRACE}-${SPAN}-01\n`],
  ["a text without end", `cc-${TRACE}-${SPAN}-01-${"a".repeat(1_000)}`],
])("%s is no traceparent", (_what, text) => {
  expect(parseTraceparent(text)).toBeUndefined();
});
