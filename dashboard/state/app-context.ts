import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { type ReadonlySignal, signal } from "@preact/signals";
import { createTimeFormat, type TimeFormat } from "../format/time.ts";
import { openSession, type Session } from "../graph/session.ts";

/** A result of an action, for the user. */
export interface Notice {
  readonly key: number;
  readonly text: string;
  readonly isFailure: boolean;
}

/** What every page shares. */
export interface App {
  readonly session: Session;
  readonly time: TimeFormat;
  /** Epoch milliseconds, renewed each second. */
  readonly now: ReadonlySignal<number>;
  readonly notices: ReadonlySignal<readonly Notice[]>;
  notify(text: string, isFailure?: boolean): void;
  dismiss(key: number): void;
}

const MAX_NOTICES = 4;

export function createApp(): App {
  const socketUrl = `${location.protocol.replace("http", "ws")}//${location.host}/graphql/ws`;
  const session = openSession(socketUrl);
  const now = signal(Date.now());
  const notices = signal<readonly Notice[]>([]);
  let keys = 0;
  setInterval(() => {
    const at = Date.now();
    session.throughput.tick(at);
    if (!document.hidden) now.value = at;
  }, 1_000);
  return {
    session,
    time: createTimeFormat(),
    now,
    notices,
    notify(text, isFailure = false) {
      keys += 1;
      notices.value = [...notices.value, { key: keys, text, isFailure }].slice(-MAX_NOTICES);
    },
    dismiss: (key) => void (notices.value = notices.value.filter((notice) => notice.key !== key)),
  };
}

const Context = createContext<App | undefined>(undefined);
export const AppProvider = Context.Provider;

export function useApp(): App {
  const app = useContext(Context);
  if (app === undefined) throw new Error("the component is outside of the app");
  return app;
}
