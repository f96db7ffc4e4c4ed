/** The setting `tables` of a source that reads this database. */
export const SOURCE_TABLES = {
  accounts: {
    table: "core.accounts",
    id: "id",
    name: "title",
    owner: "owner",
    iban: "iban",
    currency: "currency",
    createdAt: { column: "opened_at", as: "timestamp" },
    balances: [
      {
        kind: "BOOKED",
        amount: { column: "balance", as: "decimal" },
        asOf: { column: "changed_at", as: "timestamp" },
      },
    ],
  },
  ledgerEntries: {
    table: "core.entries",
    id: "id",
    account: "account_id",
    kind: {
      column: "kind",
      map: { payment: "PAYMENT", fee: "FEE", deposit: "TOPUP", bank: "TRANSFER", opening: "ADJUSTMENT" },
    },
    amount: { column: "amount", as: "decimal" },
    currency: "currency",
    createdAt: { column: "booked_at", as: "timestamp" },
    description: "memo",
  },
  payments: {
    table: "core.payments",
    id: "id",
    kind: { value: "TRANSFER" },
    status: {
      column: "state",
      map: {
        created: "AWAITING_CONFIRMATION",
        processing: "PROCESSING",
        settled: "SUCCEEDED",
        rejected: "FAILED",
      },
    },
    amount: { column: "amount", as: "decimal" },
    currency: "currency",
    createdAt: { column: "created_at", as: "timestamp" },
    description: "memo",
  },
} as const;
