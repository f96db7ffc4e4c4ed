import type { Random } from "../../shared/random.ts";

/** A payer: the data of billing details, receipts and customers. */
export interface Person {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly address: PostalAddress;
}

export interface PostalAddress {
  readonly city: string | null;
  readonly country: string | null;
  readonly line1: string | null;
  readonly line2: string | null;
  readonly postal_code: string | null;
  readonly state: string | null;
}

export const NO_ADDRESS: PostalAddress = {
  city: null,
  country: null,
  line1: null,
  line2: null,
  postal_code: null,
  state: null,
};

const FIRST = ["Ada", "Björn", "Chloé", "Dmitri", "Elif", "Fatima", "Grace", "Hiro", "Ines", "Jonas", "Kofi"] as const;
const LAST = ["Almeida", "Brandt", "Castañeda", "Dubois", "Eriksson", "Fischer", "Goldberg", "Haddad"] as const;
// Outside Latin-1 on purpose, and one with a quote and a backslash: texts that expose careless code.
const UNUSUAL = ["山田 太郎", "Łukasz Żółć", 'O\'Neil "Ace" \\ Sons', "محمد العلي", "Zoë 🚀 Quinn"] as const;
const STREETS = ["Market Street", "Hauptstraße", "Rue de Rivoli", "Camden Road", "Laugavegur", "Kiraly utca"] as const;
const CITIES = ["San Francisco", "Berlin", "Paris", "London", "Reykjavík", "Budapest", "Tokyo", "Kampala"] as const;

/**
 * Creates a person of a country. Few have a name that needs more than Latin-1: each doubles the size of its objects'
 * texts.
 */
export function makePerson(random: Random, country: string): Person {
  const plain = `${random.pick(FIRST)} ${random.pick(LAST)}`;
  const name = random.chance(0.02) ? random.pick(UNUSUAL) : plain;
  const mailbox = plain
    .normalize("NFD")
    .replaceAll(/[^a-z ]/giu, "")
    .toLowerCase()
    .replace(" ", ".");
  return {
    name,
    email: `${mailbox}.${random.integer(10, 99_999)}@example.com`,
    phone: `+1555${random.integer(1_000_000, 9_999_999)}`,
    address: {
      city: random.pick(CITIES),
      country,
      line1: `${random.integer(1, 480)} ${random.pick(STREETS)}`,
      line2: random.chance(0.3) ? `Apt ${random.integer(1, 40)}` : null,
      postal_code: String(random.integer(10_000, 99_999)),
      state: country === "US" ? "CA" : null,
    },
  };
}
