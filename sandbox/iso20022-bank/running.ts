import type { RunningSandbox, SandboxOptions } from "../shared/sandbox.ts";
import { listen } from "../shared/listen.ts";
import { createBank, type Bank, type Publication } from "./bank/bank.ts";
import { createCompanyBanking } from "./bank/company-banking.ts";
import { createControl } from "./control/control.ts";
import { publish } from "./bank/publish.ts";
import { createSpool, type Spool } from "./deliver/spool.ts";
import { createCounters } from "./http/counters.ts";
import { createHttpFaults } from "./http/faults.ts";
import { createRateLimit } from "./http/rate-limit.ts";
import { createStatements } from "./http/statements.ts";
import {
  clearJournal,
  openJournalWriter,
  readJournal,
  type JournalWriter,
  type WorldSettings,
} from "./bank/journal.ts";
import { createActivity, stepsOfDay } from "./bank/activity.ts";
import { requestOf, type PlanRequest } from "./plan/request.ts";
import { COMPANY_DAYS, sizeOf } from "./size.ts";
import { addDays, dateAt } from "./world/calendar.ts";
import { createCompanyWorld, type CompanyWorld } from "./world/company-world.ts";
import { createRandom } from "./world/random.ts";
import { createWorld } from "./world/world.ts";

/** Starts a bank: restores its earlier state or creates a new one, then listens on loopback. */
export async function startBank(options: SandboxOptions): Promise<RunningSandbox> {
  const spool = await createSpool();
  const { bank, company, settings, isNew, journal } = openBank(options, spool);
  const nowMs = options.nowMs ?? Date.now;
  const created = (): string => new Date(nowMs()).toISOString();
  const record = (publication: Publication): void => journal.write({ publication });
  const publishListed = (request: PlanRequest): void => {
    const publication = { serial: bank.nextSerial(), created: created(), request, isListed: true };
    record(publication);
    bank.publish(publication);
  };
  const setDays = (days: number): void => {
    journal.write({ days });
    bank.setDays(days);
  };
  const advance = (days: number, isSilent: boolean): void => {
    const passed = Array.from({ length: days }, (_, index) => bank.days() + index);
    if (!isSilent && days > 0) publishListed(requestOf({ days: passed }));
    setDays(bank.days() + days);
  };
  if (isNew && company === undefined) advance(sizeOf(options.payments).days, false);

  const random = createRandom(settings.seed, 0x11fe);
  const companyBanking =
    company === undefined
      ? undefined
      : createCompanyBanking({
          bank,
          world: company,
          random,
          nowMs,
          publish: publishListed,
          setDays,
          onBooking: (booking) => journal.write({ booking }),
        });
  const ownDay = { today: () => bank.days(), publish: publishListed, endDay: () => setDays(bank.days() + 1) };
  const activity = createActivity({
    random,
    steps: companyBanking === undefined ? stepsOfDay(ownDay) : [companyBanking.step],
  });
  const closing = new AbortController();
  const parts = {
    bank,
    activity,
    faults: createHttpFaults(random.next),
    limit: createRateLimit(),
    counters: createCounters(),
  };
  const token = `bank_${createRandom(settings.seed, 0x70c).digits(24)}`;
  const statements = createStatements({ ...parts, token, nowMs: () => performance.now(), signal: closing.signal });
  const control = createControl({
    ...parts,
    companyBanking,
    advance,
    publish: (body) => publish(bank, body, { created: created(), onPublication: record }),
  });
  const server = await listen(options.port, (request, response) =>
    request.url?.startsWith("/_sandbox/") === true ? control(request, response) : statements(request, response),
  );
  activity.setPace(options.activityMs ?? 0);
  return {
    url: server.url,
    sourceConfig: { url: `${server.url}/statements`, auth: { bearer: token } },
    async close() {
      activity.setPace(0);
      closing.abort();
      await server.close();
      await spool.close();
      journal.close();
    },
  };
}

interface Opened {
  readonly bank: Bank;
  /** Undefined for a bank with a world of its own. */
  readonly company: CompanyWorld | undefined;
  readonly settings: WorldSettings;
  readonly isNew: boolean;
  /** Open for what happens from now on. */
  readonly journal: JournalWriter;
}

/** The bank of the journal; if there is none of this kind of world, a new one, which is recorded. */
function openBank(options: SandboxOptions, spool: Spool): Opened {
  const { statePath, company } = options;
  const found = readJournal(statePath);
  const isOther = found.world !== undefined && (found.world.firstDay === undefined) !== (company === undefined);
  const kept = isOther ? clearJournal(statePath) : found;
  const settings = kept.world ?? newSettings(options);
  const journal = openJournalWriter(statePath);
  if (kept.world === undefined) journal.write({ world: settings });
  const { seed, firstDay } = settings;
  const companyWorld = company && firstDay ? createCompanyWorld({ seed, company, firstDay }) : undefined;
  for (const booking of kept.bookings) companyWorld?.book(booking);
  const bank = createBank(companyWorld ?? createWorld(settings), spool);
  bank.setDays(kept.days);
  for (const publication of kept.publications) bank.publish(publication);
  return { bank, company: companyWorld, settings, isNew: kept.world === undefined, journal };
}

function newSettings({ seed, payments, company, nowMs = Date.now }: SandboxOptions): WorldSettings {
  const { entriesPerDay } = sizeOf(payments);
  if (company === undefined) return { seed, entriesPerDay };
  return { seed, entriesPerDay, firstDay: addDays(dateAt(nowMs()), -COMPANY_DAYS) };
}
