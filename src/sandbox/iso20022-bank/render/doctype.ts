import type { FaultName } from "./fault.ts";

interface Doctype {
  readonly declaration: string;
  /** What the header's text says: the entity that would be expanded. */
  readonly use: string;
}

const laughs = Array.from({ length: 9 }, (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`).join(
  "",
);

/** Document type declarations, of which every one is to be refused before anything of it happens. */
const DOCTYPES: Partial<Record<FaultName, Doctype>> = {
  "doctype-bare": { declaration: "<!DOCTYPE Document>", use: "" },
  "doctype-file": { declaration: '<!DOCTYPE Document [<!ENTITY xxe SYSTEM "file:///etc/passwd">]>', use: "&xxe;" },
  // Port 9 discards: nobody is asked even if a parser should try.
  "doctype-http": { declaration: '<!DOCTYPE Document [<!ENTITY xxe SYSTEM "http://127.0.0.1:9/xxe">]>', use: "&xxe;" },
  "doctype-parameter": {
    declaration: '<!DOCTYPE Document [<!ENTITY % xxe SYSTEM "http://127.0.0.1:9/xxe.dtd"> %xxe;]>',
    use: "",
  },
  "doctype-laughs": { declaration: `<!DOCTYPE Document [<!ENTITY l0 "ha">${laughs}]>`, use: "&l9;" },
};

/** The declaration of a fault; undefined where it has none. */
export function doctypeOf(fault: FaultName | undefined): Doctype | undefined {
  return fault === undefined ? undefined : DOCTYPES[fault];
}
