/** camt.05x.001.01 to .13: versions that differ in format. */
export const VERSIONS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13] as const;
export type Version = (typeof VERSIONS)[number];

/**
 * Requirements of the message definitions of a version. Sources: the ISO 20022 message definition reports of camt.052,
 * .053 and .054, by their component names: StatementEntry1 (.01), ReportEntry2 (.02), ReportEntry3 (.03), ReportEntry4
 * (.04), ReportEntry9 (.07), ReportEntry10 (.08).
 */
export interface VersionFacts {
  /** The message's own element ends in V01: `BkToCstmrStmtV01`. Only in .01. */
  readonly isRootNumbered: boolean;
  /** Ntry/NtryRef and Refs/PmtInfId, and NtryDtls around Btch and TxDtls; in .01 both are directly below Ntry. */
  readonly hasEntryDetails: boolean;
  /** Bal/Tp/CdOrPrtry/Cd; in .01 Bal/Tp/Cd. */
  readonly hasBalanceChoice: boolean;
  /** Acct/Id/Othr/Id; in .01 Acct/Id/PrtryAcct/Id. */
  readonly otherAccount: "PrtryAcct" | "Othr";
  /** CdtrRefInf with Tp/CdOrPrtry and Ref; in .01 with CdtrRefTp and CdtrRef. */
  readonly hasReferenceChoice: boolean;
  /** RtrInf/Rsn and AddtlInf; in .01 RtrRsn and AddtlRtrRsnInf. */
  readonly returnNames: readonly [reason: string, additional: string];
  /** BICFI; BIC up to .02. */
  readonly bic: "BIC" | "BICFI";
  /** TxDtls/Amt and CdtDbtInd; up to .02 only AmtDtls/TxAmt. */
  readonly hasDetailAmount: boolean;
  /** Chrgs/Rcrd; up to .02 each Chrgs is one record. */
  readonly hasChargeRecords: boolean;
  /** Chrgs/Rcrd/ChrgInclInd. */
  readonly hasChargeIncluded: boolean;
  /** FinInstnId with BIC and Nm; in .01 one of them. */
  readonly hasAgentName: boolean;
  /** StmtPgntn, RptPgntn, NtfctnPgntn; up to .02 only GrpHdr/MsgPgntn. */
  readonly hasStatementPagination: boolean;
  /** TtlNtries/TtlNetNtry with Amt and CdtDbtInd; up to .03 TtlNetNtryAmt and CdtDbtInd. */
  readonly hasNetGroup: boolean;
  /** Sts/Cd; up to .06 Sts is the code. */
  readonly hasStatusChoice: boolean;
  /** RltdPties/Dbtr/Pty/Nm; up to .06 RltdPties/Dbtr/Nm. */
  readonly hasPartyChoice: boolean;
  /** Refs/UETR. */
  readonly hasUetr: boolean;
}

/** The facts of a version. */
export function factsOf(version: Version): VersionFacts {
  const isFirst = version === 1;
  return {
    isRootNumbered: isFirst,
    hasEntryDetails: !isFirst,
    hasBalanceChoice: !isFirst,
    otherAccount: isFirst ? "PrtryAcct" : "Othr",
    hasReferenceChoice: !isFirst,
    returnNames: isFirst ? ["RtrRsn", "AddtlRtrRsnInf"] : ["Rsn", "AddtlInf"],
    bic: version < 3 ? "BIC" : "BICFI",
    hasDetailAmount: version >= 3,
    hasChargeRecords: version >= 3,
    hasChargeIncluded: version >= 4,
    hasAgentName: !isFirst,
    hasStatementPagination: version >= 3,
    hasNetGroup: version >= 4,
    hasStatusChoice: version >= 7,
    hasPartyChoice: version >= 7,
    hasUetr: version >= 8,
  };
}
