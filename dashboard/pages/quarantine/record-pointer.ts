/**
 * Returns the path of a record's faulty field within the bytes.
 * @param place place of the record in the bytes: a JSON pointer, or an XPath; empty if it is all of them
 * @param field path within the record: `lines[2].amount`, or a part of an XPath
 */
export function pointerTo(place: string, field: string): string {
  if (field.startsWith("/")) return field.startsWith(place) ? field : `${place}${field}`;
  if (field === "") return place;
  const isXml = /^\/[A-Za-z]\w*(\[\d+\])?(\/[A-Za-z]|$)/.test(place) && !/\/\d+(\/|$)/.test(place);
  const steps = isXml ? field : field.replaceAll(/\[(\d+)\]/g, ".$1").replaceAll(".", "/");
  return `${place}/${steps}`;
}
