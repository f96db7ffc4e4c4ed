import * as grpc from "@grpc/grpc-js";
import { ledgerService, type Wire } from "../../../src/protocols/grpc/fixtures/ledger-server.ts";
import { moneyOfUnits } from "../../../src/protocols/protobuf/money.ts";
import { check, type Client, type MappedPayment } from "./task.ts";

interface WirePayment {
  readonly id: string;
  readonly amount_minor: string;
  readonly currency: string;
  readonly status: string;
  readonly created_at: { readonly seconds: string; readonly nanos: number };
  readonly fee: { readonly currency_code: string; readonly units: string; readonly nanos: number };
}

type Unary = (request: Wire, done: (error: Error | null, answer: { payments: readonly WirePayment[] }) => void) => void;
type Stream = (request: Wire) => grpc.ClientReadableStream<WirePayment>;

/** A client of grpc-js and proto-loader, with 64-bit integers as texts: as numbers they would not be exact. */
export function createPeer(url: string): Client {
  const Ledger = grpc.makeGenericClientConstructor(ledgerService, "Ledger");
  const client = new Ledger(new URL(url).host, grpc.credentials.createInsecure());
  const calls = client as unknown as { ListPayments: Unary; WatchPayments: Stream }; // made from the service
  return {
    page: () =>
      new Promise((resolve, reject) => {
        calls.ListPayments.call(client, { page_size: 100 }, (error, answer) => {
          if (error !== null) return reject(error);
          for (const item of answer.payments) check(map(item));
          return resolve(answer.payments.length);
        });
      }),
    async stream(count) {
      let read = 0;
      const stream = calls.WatchPayments.call(client, {});
      stream.on("error", () => undefined); // it is canceled below
      for await (const item of stream) {
        check(map(item as WirePayment)); // as the service declares
        if (++read >= count) break;
      }
      stream.cancel();
    },
    close: () => Promise.resolve(client.close()),
  };
}

function map(wire: WirePayment): MappedPayment {
  const { fee, created_at: at } = wire;
  return {
    id: wire.id,
    minor: BigInt(wire.amount_minor),
    currency: wire.currency,
    status: wire.status,
    createdAt: new Date(Number(at.seconds) * 1_000 + Math.floor(at.nanos / 1_000_000)).toISOString(),
    fee: moneyOfUnits(BigInt(fee.units), BigInt(fee.nanos), fee.currency_code).minor,
  };
}
