import { ledgerContract } from "../../../src/protocols/grpc/fixtures/ledger-contract.ts";
import { openChannel } from "../../../src/protocols/grpc/fixtures/open-channel.ts";
import { enumReader, integerReader, textReader, timeReader } from "../../../src/protocols/protobuf/field-readers.ts";
import { ProtoMessage } from "../../../src/protocols/protobuf/message.ts";
import { moneyReader } from "../../../src/protocols/protobuf/money.ts";
import { check, type Client, type MappedPayment } from "./task.ts";

/** Our channel with the contract's readers. */
export async function createOurs(url: string): Promise<Client> {
  const contract = await ledgerContract();
  const channel = openChannel(url);
  const list = contract.method("ledger.v1.Ledger/ListPayments");
  const watch = contract.method("ledger.v1.Ledger/WatchPayments");
  const payments = list.output.field("payments");
  const type = watch.output;
  const [id, minor, currency] = [
    textReader(type, "id"),
    integerReader(type, "amount_minor"),
    textReader(type, "currency"),
  ];
  const [status, createdAt] = [enumReader(type, "status"), timeReader(type, "created_at")];
  const fee = moneyReader(type, { kind: "money_message", path: "fee" });
  const map = (message: ProtoMessage): MappedPayment => ({
    id: id.read(message) ?? "",
    minor: minor.read(message) ?? 0n,
    currency: currency.read(message) ?? "",
    status: status.read(message)?.name,
    createdAt: createdAt.read(message) ?? "",
    fee: fee.read(message)?.minor ?? 0n,
  });
  const signal = new AbortController().signal;
  const limits = { signal, timeoutMs: 60_000 };
  return {
    async page() {
      const { message } = await channel.unary(
        { path: list.path, message: list.input.encode({ page_size: 100 }) },
        limits,
      );
      const items = list.output.decode(message).get(payments);
      if (!Array.isArray(items)) throw new Error("there is no list");
      for (const item of items) if (item instanceof ProtoMessage) check(map(item));
      return items.length;
    },
    async stream(count) {
      let read = 0;
      const request = { path: watch.path, message: watch.input.encode({ resume_token: "" }) };
      for await (const message of await channel.serverStream(request, limits)) {
        check(map(type.decode(message)));
        if (++read >= count) break;
      }
    },
    close: () => channel.close(),
  };
}
