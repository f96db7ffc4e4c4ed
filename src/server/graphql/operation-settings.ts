/** What operators may change of the gate that every operation passes. */
export interface OperationSettings {
  /** Maximum cost of an operation; about one per returned field. Never part of an error. */
  readonly maxCost: number;
  /** Maximum number of representations of `_entities` in one operation. */
  readonly maxEntities: number;
  /** Whether `__schema` and `__type` are answered, and errors suggest names of the schema. */
  readonly introspection: boolean;
}

export const DEFAULT_OPERATION_SETTINGS: OperationSettings = {
  maxCost: 50_000,
  maxEntities: 2_000,
  introspection: true,
};
