/** A file as text, which Vite puts into the bundle. */
declare module "*.graphql?raw" {
  const text: string;
  // oxlint-disable-next-line import/no-default-export -- the form of Vite's text imports
  export default text;
}

/** A style sheet, which Vite puts into the bundle's. */
declare module "*.css";
