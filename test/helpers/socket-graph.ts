import { makeExecutableSchema } from "@graphql-tools/schema";
