import { contractFields } from "../../../protocols/rest/contract-fields.ts";

const paymentMeta = contractFields(
  "reference_number ppd_id payee by_order_of payer payment_method payment_processor reason",
);
const category = contractFields("primary detailed confidence_level version");
const counterparty = contractFields(
  "name entity_id type website logo_url confidence_level account_numbers phone_number",
);

/** Fields of a transaction. Source: Plaid API reference, `/transactions/sync`, `added`. */
export const TRANSACTION_FIELDS = contractFields(
  `account_id amount iso_currency_code! unofficial_currency_code! category category_id check_number date location name!
  merchant_name original_description payment_meta! pending pending_transaction_id! account_owner! transaction_id
  transaction_type logo_url website authorized_date! authorized_datetime! datetime! payment_channel!
  personal_finance_category business_finance_category transaction_code! personal_finance_category_icon_url counterparties
  merchant_entity_id merchant_category_code running_balance client_customization`,
  { payment_meta: paymentMeta, personal_finance_category: category, counterparties: counterparty },
);

const balances = contractFields(
  "available! current! limit! iso_currency_code! unofficial_currency_code! last_updated_datetime",
);

/** Fields of an account. Source: Plaid API reference, `/accounts/get`, `accounts`. */
export const ACCOUNT_FIELDS = contractFields(
  `account_id balances mask! name! official_name! type subtype! verification_status verification_name
  verification_insights persistent_account_id apy holder_category`,
  { balances },
);
