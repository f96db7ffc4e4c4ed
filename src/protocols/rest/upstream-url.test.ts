import { describe, expect, test } from "@jest/globals";
import { problemOfUrl, resolveLink, upstreamBaseUrl, upstreamUrl } from "./upstream-url.ts";

describe("the URL of an upstream (F106)", () => {
  test.each([
    "https://api.bank.example",
    "https://API.bank.example:443/v1/?page=1",
    "http://127.0.0.1:8080/",
    "http://localhost",
    "http://[::1]:1",
    "https://xn--mnchen-3ya.example/a%20b",
    "http://sandbox_1:80/x",
    "http://10.20.0.1",
  ])("is accepted: %s", (text) => {
    expect(problemOfUrl(text)).toBeUndefined();
    expect(upstreamUrl.parse(text)).toBe(text);
  });

  test.each([
    ["http://2130706433", "must name its host as 127.0.0.1"],
    ["http://0177.0.0.1", "must name its host as 127.0.0.1"],
    ["http://127.1/", "must name its host as 127.0.0.1"],
    ["http://0x7f.1", "must name its host as 127.0.0.1"],
    ["http://[0:0:0:0:0:0:0:1]", "must name its host as [::1]"],
    ["http://user:password@bank.example", "must have no user name or password"],
    ["http://@bank.example", "must have no user name or password"],
    ["http://１２７.0.0.1", "must be printable ASCII"],
    ["http://bank。example", "must be printable ASCII"],
    ["http:\\\\bank.example", "must be an http or https URL"],
    ["http://bank.example\\@127.0.0.1", "must have no user name or password"],
    ["http://bank.example\\.evil.example", "must be printable ASCII"],
    ["ht\ntp://bank.example", "must be an http or https URL"],
    ["http://bank.example\n", "must be printable ASCII"],
    ["http://bank.example.", "must have a host name"],
    ["http://127%2e0.0.1", "must have a host name"],
    ["http://", "must have a host name"],
    ["http:127.0.0.1", "must be an http or https URL"],
    ["file:///etc/passwd", "must be an http or https URL"],
    ["http://bank.example:99999", "must have a host name"],
    ["http://bank.example/#x", "must have no fragment"],
    ["http://169.254.169.254/latest", "must not be a cloud's metadata service"],
    ["http://[::ffff:a9fe:a9fe]", "must not be a cloud's metadata service"],
    ["http://[64:ff9b::a9fe:a9fe]", "must not be a cloud's metadata service"],
  ])("is refused, with what was expected: %j", (text, problem) => {
    expect(problemOfUrl(text)).toMatch(problem);
    expect(upstreamUrl.safeParse(text).error?.issues[0]?.message).toMatch(problem);
    expect(upstreamBaseUrl.safeParse(text).success).toBe(false);
  });

  test("that is a base URL has no query and no slash at its end", () => {
    expect(upstreamBaseUrl.parse("https://bank.example/v1//")).toBe("https://bank.example/v1");
    expect(upstreamBaseUrl.safeParse("https://bank.example/v1?a=b").success).toBe(false);
  });
});

describe("a link that an upstream returned (F106)", () => {
  const base = new URL("http://127.0.0.1:8080/files/");

  test.each([
    ["a.xml", "/files/a.xml"],
    ["Auszug März 1.xml", "/files/Auszug%20M%C3%A4rz%201.xml"],
    ["/other/a.xml?x=1", "/other/a.xml?x=1"],
    ["http://127.0.0.1:8080/b.xml", "/b.xml"],
    ["?after=a", "/files/?after=a"],
  ])("is followed at the same host: %s", (link, path) => {
    const target = resolveLink(base, link);
    expect(target && target.pathname + target.search).toBe(path);
  });

  test.each([
    "http://2130706433:8080/a",
    "http://127.1:8080/a",
    "http://0177.0.0.1:8080/a",
    "http://user:password@127.0.0.1:8080/a",
    "http://127.0.0.1:8080@evil.example/a",
    "http://１２７.0.0.1:8080/a",
    "//evil.example/a",
    "\\\\evil.example\\a",
    "/\\evil.example/a",
    "ht\ntp://evil.example/a",
    " http://evil.example/a",
    "https://127.0.0.1:8080/a",
    "http://127.0.0.1:8081/a",
    "http://169.254.169.254/a",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "http:a.xml",
  ])("is not followed: %j", (link) => expect(resolveLink(base, link)).toBeUndefined());
});
