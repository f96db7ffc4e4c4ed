import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { compareVersions } from "../../domain/version.ts";
import { pageVersions } from "./order.ts";

test("the later one of two pages has the newer version, whatever the clock does, and within a page removals are the newest", () => {
  const page = fc.record({
    sentAtMs: fc.double({ min: 0, max: 4e12, noNaN: true }),
    durationMs: fc.double({ min: 0, max: 1e5, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(page, { minLength: 2, maxLength: 6 }), (pages) => {
      let seenUntilMs = 0;
      const versions = pages.flatMap((one) => {
        const { added, modified, removed, seenUntilMs: until } = pageVersions(one, seenUntilMs);
        seenUntilMs = until;
        return [added, modified, removed];
      });
      for (const [index, version] of versions.entries()) {
        for (const later of versions.slice(index + 1)) expect(compareVersions(later, version)).toBe("newer");
      }
    }),
  );
});
