import type { z } from "zod";
import type { DomainRecord } from "../../../domain/entities.ts";
import type { EntityType } from "../../../domain/ids.ts";
import type { DateTime, RecordBase } from "../../../domain/values.ts";
import type { MessageType } from "../../../protocols/protobuf/message.ts";
import { type FieldSpec, optional, required } from "../fields/field-kind.ts";
import type { Item, Read } from "../fields/item.ts";
import type { Place } from "../fields/place.ts";
import { currencyOf } from "../fields/amount.ts";
import { settingsObject } from "../fields/settings-object.ts";
import { text, textSetting, type TextSetting } from "../fields/text.ts";
import { extensions } from "../fields/texts.ts";
import { time } from "../fields/time.ts";
import { type ItemVersion, version } from "../fields/version.ts";

type Specs = Readonly<Record<string, FieldSpec<unknown>>>;
type ValuesOf<Fields> = {
  readonly [Name in keyof Fields]: Fields[Name] extends FieldSpec<infer Value> ? Value : never;
};

/** What an item of the upstream says. */
export interface MappedItem {
  readonly record: DomainRecord;
  readonly version: ItemVersion | undefined;
  readonly updatedAt: DateTime | undefined;
}

/** Settings of the fields of an entity, as its schema parsed them. */
export type FieldSettings = Readonly<Record<string, unknown>>;

/** The readers of one stream's items. */
export interface ItemReader {
  /** Id of an item that cannot be read otherwise; undefined if that is unreadable too. */
  readonly id: Read<string | undefined>;
  /** @throws ItemFault */
  readonly map: Read<MappedItem>;
}

/** How the settings map an upstream's items to one entity. */
export interface EntityMapping {
  readonly entity: EntityType;
  /** Settings of the fields. */
  readonly schema: z.ZodObject;
  /** Checks the settings against the type of the items; every mistake is reported at its place. */
  compile(settings: FieldSettings, place: Place, type: MessageType): ItemReader | undefined;
}

const COMMON = {
  externalId: required(text),
  createdAt: optional(time),
  updatedAt: optional(time),
  version: optional(version),
  extensions: optional(extensions),
} as const satisfies Specs;

interface MappingOptions<Fields> {
  readonly entity: EntityType;
  /** Fields of the entity; the common ones are added. */
  readonly fields: Fields;
  /** False: items have no id of their own, and `build` makes one. Default: they have. */
  readonly hasId?: false;
  /** False: items have no amounts, so that a currency would have no meaning. Default: they have. */
  readonly hasCurrency?: false;
  /** @throws ItemFault */
  build(values: ValuesOf<Fields>, base: RecordBase, item: Item): DomainRecord;
}

/** Describes an entity by its fields. */
export function defineMapping<const Fields extends Specs>(options: MappingOptions<Fields>): EntityMapping {
  const { entity, fields, build } = options;
  const { externalId, ...common } = COMMON;
  const specs: Specs = { ...(options.hasId !== false && { externalId }), ...common, ...fields };
  const shape = Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, spec.schema]));
  return {
    entity,
    schema: settingsObject({ ...shape, ...(options.hasCurrency !== false && { currency: textSetting.optional() }) }),
    compile(settings, place, type) {
      const scope = { type, currency: currencyOf(settings["currency"] as TextSetting | undefined, place, type) };
      const readers = Object.entries(specs).map(
        ([name, spec]) => [name, spec.compile(settings[name], place.in(name), scope)] as const,
      );
      const found = readers.flatMap(([name, read]) => (read === undefined ? [] : [[name, read] as const]));
      if (found.length < readers.length) return undefined;
      const id = new Map(found).get("externalId") as Read<string | undefined> | undefined; // the spec's type
      return {
        id: id ?? (() => undefined),
        map(item) {
          const values = Object.fromEntries(found.map(([name, read]) => [name, read(item)]));
          const shared = values as ValuesOf<typeof COMMON>; // read by these specs
          const base: RecordBase = {
            externalId: shared.externalId ?? "",
            createdAt: shared.createdAt,
            extensions: shared.extensions ?? {},
          };
          const record = build(values as ValuesOf<Fields>, base, item); // read by these specs
          return { record, version: shared.version, updatedAt: shared.updatedAt };
        },
      };
    },
  };
}
