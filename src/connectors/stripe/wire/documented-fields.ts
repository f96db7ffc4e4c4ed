import { type ContractFields, contractFields } from "../../../protocols/rest/contract-fields.ts";

const billingDetails = contractFields(
  "address email name phone tax_id verified_address verified_email verified_name verified_phone",
);
const outcome = contractFields(
  "advice_code network_advice_code network_decline_code network_status reason risk_level risk_score rule seller_message type",
);
const evidenceDetails = contractFields(
  "due_by! enhanced_eligibility has_evidence past_due submission_count submission_method",
);

/** Fields of Stripe's objects. Source: Stripe API reference of the pinned version. */
export const DOCUMENTED_FIELDS = {
  customer: contractFields(`id object address balance business_name cash_balance created currency customer_account
    default_source deleted delinquent description! discount email! individual_name invoice_credit_balance invoice_prefix
    invoice_settings livemode metadata! name next_invoice_sequence phone preferred_locales shipping sources subscriptions
    tax tax_exempt tax_ids test_clock`),
  payment_intent: contractFields(`id object allowed_payment_method_types amount amount_capturable amount_details
    amount_received application application_fee_amount automatic_payment_methods canceled_at cancellation_reason!
    capture_method! client_secret confirmation_method created currency customer! customer_account description!
    excluded_payment_method_types hooks last_payment_error latest_charge! livemode managed_payments metadata! next_action
    on_behalf_of payment_details payment_method payment_method_configuration_details payment_method_options
    payment_method_types! payment_record presentment_details processing receipt_email review setup_future_usage shipping
    source statement_descriptor! statement_descriptor_suffix status transfer_data transfer_group!`),
  charge: contractFields(
    `id object amount amount_captured amount_refunded application application_fee application_fee_amount
    authorization_code balance_transaction billing_details! calculated_statement_descriptor! captured created currency
    customer! description! disputed! failure_balance_transaction failure_code! failure_message! fraud_details level3
    livemode metadata! on_behalf_of outcome! paid payment_intent! payment_method payment_method_details!
    presentment_details radar_options receipt_email receipt_number receipt_url refunded refunds review shipping source
    source_transfer statement_descriptor! statement_descriptor_suffix status transfer transfer_data transfer_group!`,
    { billing_details: billingDetails, outcome },
  ),
  refund: contractFields(`id object amount balance_transaction! charge! created currency customer customer_account
    description destination_details failure_balance_transaction failure_reason instructions_email metadata! next_action
    payment_intent! payment_method pending_reason presentment_details reason! receipt_number! source_transfer_reversal
    status transfer_reversal`),
  dispute: contractFields(
    `id object amount balance_transactions charge created currency enhanced_eligibility_types evidence evidence_details!
    intended_submission_method is_charge_refundable livemode metadata! network_reason_code payment_intent!
    payment_method_details reason! status`,
    { evidence_details: evidenceDetails },
  ),
  payout: contractFields(`id object amount application_fee application_fee_amount arrival_date! automatic!
    balance_transaction! created currency description! destination! failure_balance_transaction failure_code!
    failure_message! livemode metadata! method! original_payout! payout_method reconciliation_status! reversed_by!
    source_type statement_descriptor! status trace_id! type!`),
  balance_transaction: contractFields(`id object amount available_on! balance_type created currency description!
    exchange_rate! fee fee_details net reporting_category source! status type`),
  balance: contractFields(`object available connect_reserved instant_available issuing livemode pending
    refund_and_dispute_prefunding`),
} as const satisfies Readonly<Record<string, ContractFields>>;
