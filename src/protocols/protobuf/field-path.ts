import type { DescField } from "@bufbuild/protobuf";
import { ServiceError } from "../../domain/error.ts";
import { ProtoMessage, type MapKey, type ProtoValue, type Field, type MessageType } from "./message.ts";

/** A field of a message, or of the messages in it: `fee.units`, `labels[order]`, `lines[0].sku`. */
export interface FieldPath {
  readonly text: string;
  /** The field; of one element of a list or map, a field with the type of the element. */
  readonly field: Field;
  /** The messages that contain the field, from the outermost. */
  readonly parents: readonly Field[];
  /** True if the path selects an element of a list or map, so that it can be read from decoded messages only. */
  readonly selects: boolean;
  /** Returns the value; undefined if it, or a message on the way to it, is absent. */
  read(message: ProtoMessage): ProtoValue | undefined;
}

interface Step {
  /** The field of the message. */
  readonly field: Field;
  /** Its element, or the field itself. */
  readonly element: Field;
  /** Key of the element in a map, or its position in a list; undefined: the field itself. */
  readonly key: MapKey | undefined;
}

/** A name, and the key or position of an element. */
const STEP = /([^.[\]]+)(?:\[([^\]]*)\])?(?:\.(?!$)|$)/y;

/**
 * Finds a field by the names of the .proto file, once, before any message is read. `[KEY]` selects the entry of a map, and
 * `[0]` the first element of a list.
 * @throws ServiceError INVALID_INPUT that names the path, and the most similar name
 */
export function fieldPath(type: MessageType, text: string): FieldPath {
  const steps: Step[] = [];
  let current: MessageType | undefined = type;
  for (const [name, key] of partsOf(text)) {
    if (current === undefined) throw pathError(text, `${JSON.stringify(steps.at(-1)?.field.name)} is not a message`);
    const step = stepOf(fieldOf(current, name, text), key, text);
    steps.push(step);
    current = step.element.desc.fieldKind === "message" ? step.element.message : undefined;
  }
  const last = steps.at(-1);
  if (last === undefined) throw pathError(text, "must name a field");
  const parents = steps.slice(0, -1);
  return {
    text,
    field: last.element,
    parents: parents.map(({ field }) => field),
    selects: steps.some(({ key }) => key !== undefined),
    read: steps.length === 1 && last.key === undefined ? (message) => message.get(last.field) : readerOf(parents, last),
  };
}

function readerOf(parents: readonly Step[], last: Step): FieldPath["read"] {
  return (message) => {
    let found = message;
    for (const parent of parents) {
      const next = valueAt(found, parent);
      if (!(next instanceof ProtoMessage)) return undefined;
      found = next;
    }
    return valueAt(found, last);
  };
}

function valueAt(message: ProtoMessage, { field, key }: Step): ProtoValue | undefined {
  const value = message.get(field);
  if (key === undefined) return value;
  return value instanceof Map
    ? (value.get(key) as ProtoValue | undefined)
    : (value as readonly ProtoValue[])[Number(key)];
}

function partsOf(text: string): readonly (readonly [string, string | undefined])[] {
  const parts: (readonly [string, string | undefined])[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < text.length) {
    const match = STEP.exec(text);
    if (match === null)
      throw pathError(text, "must be names separated by dots: fee.units, labels[order], lines[0].sku");
    parts.push([match[1] ?? "", match[2]]);
  }
  return parts;
}

function stepOf(field: Field, key: string | undefined, text: string): Step {
  if (key === undefined) return { field, element: field, key };
  const { desc } = field;
  if (desc.fieldKind === "list" && /^\d{1,6}$/.test(key)) {
    return { field, element: elementOf(field, desc.listKind), key: Number(key) };
  }
  if (desc.fieldKind === "map") return { field, element: elementOf(field, desc.mapKind), key: keyOf(desc.mapKey, key) };
  throw pathError(text, `${JSON.stringify(field.name)} is no map, and no list of which [0] would be the first element`);
}

/** An element of a list or map is absent if it is not there, whatever its type. */
function elementOf(field: Field, fieldKind: "scalar" | "enum" | "message"): Field {
  const desc = { ...field.desc, fieldKind } as DescField; // the type of elements is described as that of single fields
  return { ...field, desc, zero: undefined };
}

/** `FieldDescriptorProto.Type` of 64-bit integers, of TYPE_BOOL, and of TYPE_STRING. */
const [LONGS, BOOL, STRING] = [[3, 4, 6, 16, 18], 8, 9];

function keyOf(mapKey: number, text: string): MapKey {
  if (mapKey === STRING) return text;
  if (mapKey === BOOL) return text === "true";
  return LONGS.includes(mapKey) && /^-?\d+$/.test(text) ? BigInt(text) : Number(text);
}

/** Returns the error of a path that the contract does not have, or not with what is expected there. */
export function pathError(path: string, problem: string): ServiceError {
  return new ServiceError("INVALID_INPUT", `path ${JSON.stringify(path)}: ${problem}`);
}

function fieldOf(type: MessageType, name: string, path: string): Field {
  try {
    return type.field(name);
  } catch (reason) {
    throw pathError(path, ServiceError.from(reason).publicMessage);
  }
}
