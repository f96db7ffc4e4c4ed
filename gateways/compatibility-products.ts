import type { GraphQLResolverMap } from "@apollo/subgraph";

const DIMENSIONS = { size: "small", weight: 1, unit: "kg" };
const USER = {
  email: "support@apollographql.com",
  name: "Jane Smith",
  totalProductsCreated: 1337,
  yearsOfEmployment: 10,
};
const DEPRECATED = {
  sku: "apollo-federation-v1",
  package: "@apollo/federation-v1",
  reason: "Migrate to Federation V2",
  createdBy: USER,
};
const RESEARCH = [
  { study: { caseNumber: "1234", description: "Federation Study" }, outcome: null },
  { study: { caseNumber: "1235", description: "Studio Study" }, outcome: null },
];
const common = { dimensions: DIMENSIONS, createdBy: USER, notes: null };
const PRODUCTS = [
  {
    id: "apollo-federation",
    sku: "federation",
    package: "@apollo/federation",
    variation: { id: "OSS" },
    research: RESEARCH.slice(0, 1),
    ...common,
  },
  {
    id: "apollo-studio",
    sku: "studio",
    package: "",
    variation: { id: "platform" },
    research: RESEARCH.slice(1),
    ...common,
  },
];

interface ProductKey {
  readonly id?: string;
  readonly sku?: string;
  readonly package?: string;
  readonly variation?: { readonly id: string };
}

/** Resolvers of the schema of Apollo's compatibility suite, with the data that its tests expect. */
export const PRODUCT_RESOLVERS: GraphQLResolverMap<unknown> = {
  Query: {
    product: (_root: unknown, { id }: { readonly id: string }) => PRODUCTS.find((one) => one.id === id),
    deprecatedProduct: (_root: unknown, key: ProductKey) =>
      key.sku === DEPRECATED.sku && key.package === DEPRECATED.package ? DEPRECATED : null,
  },
  Product: {
    __resolveReference: (key: ProductKey) =>
      PRODUCTS.find((one) => {
        if (key.id !== undefined) return one.id === key.id;
        if (key.package !== undefined) return one.sku === key.sku && one.package === key.package;
        return one.sku === key.sku && one.variation.id === key.variation?.id;
      }) ?? null,
  },
  DeprecatedProduct: {
    __resolveReference: (key: ProductKey) =>
      key.sku === DEPRECATED.sku && key.package === DEPRECATED.package ? DEPRECATED : null,
  },
  ProductResearch: {
    __resolveReference: ({ study }: { readonly study: { readonly caseNumber: string } }) =>
      RESEARCH.find((one) => one.study.caseNumber === study.caseNumber) ?? null,
  },
  User: {
    __resolveReference: (key: { readonly email: string }) => (key.email === USER.email ? { ...USER, ...key } : null),
    averageProductsCreatedPerYear: ({ email, totalProductsCreated, yearsOfEmployment }: typeof USER) => {
      if (email !== USER.email) throw new Error("expected the user of the suite");
      return Math.round(totalProductsCreated / yearsOfEmployment);
    },
  },
  Inventory: {
    __resolveReference: ({ id }: { readonly id: string }) => ({ id, deprecatedProducts: [DEPRECATED] }),
  },
};
