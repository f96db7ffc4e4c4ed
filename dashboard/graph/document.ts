declare const types: unique symbol;

/** Text of an operation, with the types of its result and variables, which codegen makes from the SDL. */
export interface GraphDocument<Data, Variables> {
  readonly text: string;
  readonly [types]?: (variables: Variables) => Data;
}

export const graphDocument = <Data, Variables>(text: string): GraphDocument<Data, Variables> => ({ text });
