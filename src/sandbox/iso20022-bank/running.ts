import type { RunningSandbox, SandboxOptions } from "../sandbox.ts";
import { listen } from "../shared/listen.ts";
import { createBank, type Bank, type Publication } from "./bank.ts";
import { createControl } from "./control/control.ts";
import { publish } from "./deliver/publish.ts";
import { createSpool, type Spool } from "./deliver/spool.ts";
import { createCounters } from "./http/counters.ts";
import { createHttpFaults } from "./http/faults.ts";
import { createRateLimit } from "./http/rate-limit.ts";
import { createStatements } from "./http/statements.ts";
import { readJournal, writeJournal, type WorldSettings } from "./journal.ts";
import { createLife } from "./life.ts";
import { requestOf, type PlanRequest } from "./plan/request.ts";
import { sizeOf } from "./size.ts";
import { createRandom } from "./world/random.ts";
import { createWorld } from "./world/world.ts";

/** Starts a bank: reads back what it was or begins anew, then listens on loopback. */
export async function startBank(options: SandboxOptions): Promise<RunningSandbox> {
  const { statePath } = options;
  const spool = await createSpool();
  const { bank, settings, isNew } = openBank(options, spool);
  const record = (publication: Publication): void => writeJournal(statePath, { publication });
  const publishListed = (request: PlanRequest): void => {
    const publication = { serial: bank.nextSerial(), created: new Date().toISOString(), request, isListed: true };
    record(publication);
    bank.publish(publication);
  };
  const setDays = (days: number): void => {
    writeJournal(statePath, { days });
    bank.setDays(days);
  };
  const advance = (days: number, isSilent: boolean): void => {
    const passed = Array.from({ length: days }, (_, index) => bank.days() + index);
    if (!isSilent && days > 0) publishListed(requestOf({ days: passed }));
    setDays(bank.days() + days);
  };
  if (isNew) advance(sizeOf(options.payments).days, false);

  const random = createRandom(settings.seed, 0x11fe);
  const life = createLife({
    random,
    today: () => bank.days(),
    publish: publishListed,
    endDay: () => setDays(bank.days() + 1),
  });
  const closing = new AbortController();
  const parts = {
    bank,
    life,
    faults: createHttpFaults(random.next),
    limit: createRateLimit(),
    counters: createCounters(),
  };
  const token = `bank_${createRandom(settings.seed, 0x70c).digits(24)}`;
  const statements = createStatements({ ...parts, token, nowMs: () => performance.now(), signal: closing.signal });
  const control = createControl({
    ...parts,
    advance,
    publish: (body) => publish(bank, body, { created: new Date().toISOString(), onPublication: record }),
  });
  const server = await listen(options.port, (request, response) =>
    request.url?.startsWith("/_sandbox/") === true ? control(request, response) : statements(request, response),
  );
  life.setPace(options.activityMs ?? 0);
  return {
    url: server.url,
    sourceConfig: { url: `${server.url}/statements`, auth: { bearer: token } },
    async close() {
      life.setPace(0);
      closing.abort();
      await server.close();
      await spool.close();
    },
  };
}

interface Opened {
  readonly bank: Bank;
  readonly settings: WorldSettings;
  readonly isNew: boolean;
}

/** The bank of the journal; where there is none, a new one, written down. */
function openBank(options: SandboxOptions, spool: Spool): Opened {
  const { statePath, seed, payments } = options;
  const journal = readJournal(statePath);
  const settings = journal.world ?? { seed, entriesPerDay: sizeOf(payments).entriesPerDay };
  if (journal.world === undefined) writeJournal(statePath, { world: settings });
  const bank = createBank(createWorld(settings), spool);
  bank.setDays(journal.days);
  for (const publication of journal.publications) bank.publish(publication);
  return { bank, settings, isNew: journal.world === undefined };
}
