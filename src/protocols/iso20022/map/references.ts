import type { CamtReference } from "../camt.ts";
import { children, text, textAt, type XmlElement } from "../xml/element.ts";

/** Returns a reference's text; undefined for `NOTPROVIDED`, which banks write where a value is mandatory. */
export function toReferenceText(element: XmlElement | undefined): string | undefined {
  const written = text(element);
  return written?.toUpperCase() === "NOTPROVIDED" ? undefined : written;
}

/** TxDtls/Refs: all references, by the name of their element; a proprietary one by its type. */
export function toReferences(refs: XmlElement | undefined): readonly CamtReference[] {
  const references: CamtReference[] = [];
  for (const element of refs?.children ?? []) {
    if (element.children.length === 0) {
      // Uses `textOfOnly`, so that a second EndToEndId is a fault instead of a choice.
      add(references, element.name, textOfOnly(refs, element));
    } else if (element.name === "Prtry") {
      add(references, `Prtry:${textAt(element, "Tp") ?? ""}`, textAt(element, "Ref"));
    }
  }
  return references;
}

function textOfOnly(refs: XmlElement | undefined, element: XmlElement): string | undefined {
  return element.name === "Prtry" ? toReferenceText(element) : textAt(refs, element.name);
}

function add(references: CamtReference[], name: string, value: string | undefined): void {
  if (value !== undefined && value.toUpperCase() !== "NOTPROVIDED") references.push({ name, value });
}

/**
 * Identifiers of a party: OrgId or PrvtId. In .01 each has an element of its own, the later ones are LEI, a BIC and
 * Othr.
 */
export function toIdentifiers(id: XmlElement | undefined): readonly CamtReference[] {
  const identifiers: CamtReference[] = [];
  for (const name of ["OrgId", "PrvtId"]) {
    for (const holder of children(id, name)) {
      for (const element of holder.children) {
        if (element.children.length === 0) add(identifiers, element.name, text(element));
        else add(identifiers, `${element.name}/Id`, textAt(element, "Id")); // Othr, and PrtryId and OthrId of .01
      }
    }
  }
  return identifiers;
}
