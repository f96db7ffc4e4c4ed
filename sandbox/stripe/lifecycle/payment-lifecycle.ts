import type { Random } from "../../shared/random.ts";
import { StripeError } from "../world/errors.ts";
import { makePerson } from "../objects/people.ts";
import type { Account } from "../operations/account.ts";
import { createLegacyCharge } from "../operations/charges.ts";
import { createCustomer } from "../operations/customers.ts";
import { decideDispute, openDispute, updateDispute } from "../operations/disputes.ts";
import {
  authenticateIntent,
  cancelIntent,
  captureIntent,
  confirmIntent,
  createIntent,
  finishProcessing,
} from "../operations/payment-intents.ts";
import { createRefund, failRefund } from "../operations/refunds.ts";
import { DAY_S } from "../world/clock.ts";
import { CURRENCIES, portion, ruleOf, type CurrencyRule } from "../world/currency.ts";

/** One change of a payment, some seconds after the previous one. */
export interface Step {
  readonly afterS: number;
  readonly run: () => void;
}

const HOUR_S = 3600;

type Plan = (subject: Subject) => Step[];

/** The payment that changes. `charge` is known once it was made. */
interface Subject {
  readonly account: Account;
  readonly random: Random;
  readonly currency: string;
  readonly amount: number;
  readonly intent: () => string;
  readonly charge: () => string;
}

const DECLINES = [
  "pm_card_chargeDeclined",
  "pm_card_chargeDeclinedInsufficientFunds",
  "pm_card_chargeDeclinedExpiredCard",
] as const;
const GOOD_CARDS = ["pm_card_visa", "pm_card_visa_debit", "pm_card_mastercard", "pm_card_amex", "pm_card_jcb"] as const;
const DISPUTE_REASONS = [
  "fraudulent",
  "product_not_received",
  "duplicate",
  "subscription_canceled",
  "general",
] as const;
const REFUND_REASONS = ["requested_by_customer", "duplicate", "fraudulent", null] as const;

const soon = (random: Random): number => random.integer(2, 240);
const days = (random: Random, low: number, high: number): number => random.integer(low * DAY_S, high * DAY_S);

const confirm = (subject: Subject, method: string, afterS: number): Step => ({
  afterS,
  run: () => confirmIntent(subject.account, subject.intent(), method),
});
const succeed = (subject: Subject): Step => confirm(subject, subject.random.pick(GOOD_CARDS), soon(subject.random));
const decline = (subject: Subject): Step => confirm(subject, subject.random.pick(DECLINES), soon(subject.random));

const refund = (subject: Subject, amount: number | undefined, afterS: number): Step => ({
  afterS,
  run: () => {
    const reason = subject.random.pick(REFUND_REASONS);
    createRefund(subject.account, { charge: subject.charge(), paymentIntent: undefined, amount, reason, metadata: {} });
  },
});

const share = (subject: Subject, part: number): number => portion(subject.currency, subject.amount, part);

const failedRefund: Plan = (subject) => {
  let id = "";
  return [
    confirm(subject, "pm_card_refundFail", soon(subject.random)),
    {
      afterS: days(subject.random, 1, 10),
      run: () => {
        const input = { charge: subject.charge(), paymentIntent: undefined, amount: share(subject, 0.5) };
        id = createRefund(subject.account, { ...input, reason: "requested_by_customer", metadata: {} });
      },
    },
    { afterS: days(subject.random, 2, 5), run: () => failRefund(subject.account, id) },
  ];
};

const dispute =
  (inquiry: boolean): Plan =>
  (subject) => {
    const { random, account } = subject;
    const reason = random.pick(DISPUTE_REASONS);
    let id = "";
    const evidence = { product_description: "One pair of walking boots", customer_purchase_ip: "203.0.113.9" };
    return [
      succeed(subject),
      {
        afterS: days(random, 2, 20),
        run: () => {
          id = openDispute(account, subject.charge(), { inquiry, reason });
        },
      },
      {
        afterS: days(random, 1, 8),
        run: () => updateDispute(account, id, { evidence, metadata: undefined, submit: true }),
      },
      { afterS: days(random, 5, 40), run: () => decideDispute(account, id, random.chance(0.4)) },
    ];
  };

const authenticate = (subject: Subject, agrees: boolean): Step => ({
  afterS: soon(subject.random),
  run: () => authenticateIntent(subject.account, subject.intent(), agrees),
});
const challenge = (subject: Subject): Step => confirm(subject, "pm_card_authenticationRequired", soon(subject.random));
const cancel = (
  subject: Subject,
  afterS: number,
  reason: "abandoned" | "automatic" | "requested_by_customer",
): Step => ({
  afterS,
  run: () => cancelIntent(subject.account, subject.intent(), reason),
});
const capture = (subject: Subject, part: number): Step => ({
  afterS: days(subject.random, 0, 4),
  run: () => captureIntent(subject.account, subject.intent(), part === 1 ? undefined : share(subject, part)),
});

/** Possible sequences of a payment with an intent, by relative weight. */
const AUTOMATIC: readonly (readonly [number, Plan])[] = [
  [52, (s) => [succeed(s)]],
  [8, (s) => [decline(s), succeed(s)]],
  [2, (s) => [decline(s), decline(s), succeed(s)]],
  [4, (s) => [decline(s)]],
  [2, (s) => [challenge(s)]],
  [3, (s) => [challenge(s), authenticate(s, true)]],
  [2, (s) => [challenge(s), authenticate(s, false)]],
  [3, (s) => [cancel(s, s.random.integer(HOUR_S, DAY_S), "abandoned")]],
  [1, (s) => [decline(s), cancel(s, s.random.integer(HOUR_S, DAY_S), "requested_by_customer")]],
  [5, (s) => [succeed(s), refund(s, undefined, days(s.random, 0, 20))]],
  [3, (s) => [succeed(s), refund(s, share(s, 0.4), days(s.random, 0, 20))]],
  [
    2,
    (s) => [
      succeed(s),
      ...[0.2, 0.3].map((part) => refund(s, share(s, part), days(s.random, 1, 9))),
      refund(s, undefined, DAY_S),
    ],
  ],
  [1, failedRefund],
  [2.5, dispute(false)],
  [0.7, dispute(true)],
];

const MANUAL: readonly (readonly [number, Plan])[] = [
  [3, (s) => [succeed(s), capture(s, 1)]],
  [3, (s) => [succeed(s), capture(s, 0.6)]],
  // Not captured within seven days: the network releases the authorisation.
  [2, (s) => [succeed(s), cancel(s, 7 * DAY_S, "automatic")]],
  [1, (s) => [succeed(s), capture(s, 0.5), refund(s, share(s, 0.2), days(s.random, 1, 9))]],
];

const DEBIT: Plan = (subject) => [
  confirm(subject, "pm_sepa_debit", soon(subject.random)),
  { afterS: days(subject.random, 4, 12), run: () => finishProcessing(subject.account, subject.intent()) },
];

const KINDS = [
  [82, "automatic"],
  [8, "manual"],
  [5, "debit"],
  [5, "legacy"],
] as const;

const CURRENCY_WEIGHTS = [...CURRENCIES.values()].map((rule) => [rule.weight, rule] as const);

/** Plans a new payment from its first object to its last change, in order. */
export function planPayment(account: Account): Step[] {
  const { random } = account.world;
  const kind = random.weighted(KINDS);
  const rule = kind === "debit" ? ruleOf("eur") : random.weighted(CURRENCY_WEIGHTS);
  const amount = drawAmount(random, rule);
  const customer = drawCustomer(account, rule.country);
  if (kind === "legacy") return [{ afterS: 0, run: () => chargeDirectly(account, rule.code, amount, customer()) }];
  let id = "";
  const begin: Step = {
    afterS: 0,
    run: () => {
      id = createIntent(
        account,
        intentInput(account, { rule, amount, customer: customer(), manual: kind === "manual" }),
      );
    },
  };
  const subject: Subject = {
    account,
    random,
    currency: rule.code,
    amount,
    intent: () => id,
    charge: () => account.world.store.get("payment_intent", id)?.latest_charge ?? "",
  };
  const plan = kind === "debit" ? DEBIT : random.weighted(kind === "manual" ? MANUAL : AUTOMATIC);
  return [begin, ...plan(subject)];
}

function intentInput(
  { world }: Account,
  lifecycle: { rule: CurrencyRule; amount: number; customer: string | null; manual: boolean },
) {
  const order = world.random.integer(100_000, 999_999);
  const { address, email, name, phone } = makePerson(world.random, lifecycle.rule.country);
  return {
    amount: lifecycle.amount,
    currency: lifecycle.rule.code,
    customer: lifecycle.customer,
    description: `Order #${order}`,
    metadata: {
      order_id: String(order),
      cart: world.random.token(12),
      channel: world.random.pick(["web", "app", "pos"]),
    },
    receipt_email: email,
    shipping: {
      address,
      carrier: "DHL",
      name,
      phone,
      tracking_number: `JD0${world.random.integer(10_000_000, 99_999_999)}`,
    },
    statement_descriptor_suffix: `ORDER ${order}`,
    capture_method: lifecycle.manual ? ("manual" as const) : ("automatic_async" as const),
  };
}

function drawAmount(random: Random, rule: CurrencyRule): number {
  const [low, high] = rule.basket;
  // Log-uniform: many small baskets, few large ones.
  const raw = Math.exp(Math.log(low) + random.next() * (Math.log(high) - Math.log(low)));
  return Math.max(rule.minimum, Math.round(raw / rule.step) * rule.step);
}

/** Chooses a guest, a known customer or a new one; decided when the payment begins. */
function drawCustomer(account: Account, country: string): () => string | null {
  const { random, store } = account.world;
  return () => {
    const kind = random.next();
    if (kind < 0.2) return null;
    const known = store.all("customer");
    const entry = known[random.integer(0, Math.max(0, known.length - 1))];
    if (kind < 0.75 && entry !== undefined && !entry.deleted) return entry.id;
    return createCustomer(account.world, {
      ...makePerson(random, country),
      metadata: { tier: random.pick(["free", "pro"]) },
    });
  };
}

function chargeDirectly(account: Account, currency: string, amount: number, customer: string | null): void {
  const { random } = account.world;
  createLegacyCharge(account, {
    amount,
    currency,
    source: random.chance(0.12) ? "tok_chargeDeclined" : "tok_visa",
    customer: customer ?? undefined,
    capture: true,
    description: `Invoice ${random.integer(1000, 9999)}`,
    metadata: {},
    receiptEmail: null,
    statementDescriptorSuffix: null,
  });
}

/** Runs a step. Rejections are normal: a declined card, a refund of a charge that was charged back meanwhile. */
export function live(step: Step): void {
  try {
    step.run();
  } catch (reason) {
    if (!(reason instanceof StripeError)) throw reason;
  }
}
