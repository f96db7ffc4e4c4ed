import { type DocumentNode, visit } from "graphql";

const DIRECTIVE = "requiresScopes";

/**
 * Returns an SDL without `@requiresScopes`, for gateways that refuse a supergraph with it (`@apollo/gateway`) or that do
 * not check tokens themselves. The subgraph enforces the scopes all the same.
 */
export function withoutScopes(document: DocumentNode): DocumentNode {
  return visit(document, {
    Directive: (node) => (node.name.value === DIRECTIVE ? null : undefined),
    DirectiveDefinition: (node) => (node.name.value === DIRECTIVE ? null : undefined),
    // The import of the directive in `@link`.
    StringValue: (node, _key, parent) => (node.value === `@${DIRECTIVE}` && Array.isArray(parent) ? null : undefined),
    ScalarTypeDefinition: (node) => (node.name.value === "federation__Scope" ? null : undefined),
  });
}
