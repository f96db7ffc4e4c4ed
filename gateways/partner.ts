type Values = Readonly<Record<string, unknown>>;
/** Resolvers of a partner: by type and field, as @apollo/subgraph takes them. */
type Resolvers = Readonly<Record<string, Readonly<Record<string, (parent: Values, args: Values) => unknown>>>>;

/** A subgraph of another team, as it would be written without a look into Sluice's code. */
export interface Partner {
  readonly name: string;
  readonly sdl: string;
  readonly resolvers: Resolvers;
}
