/** The last known publication that specified a minor unit for codes that are now historic. */
export interface MinorUnitSource {
  readonly source: string;
  /** Codes by minor unit, separated by spaces. */
  readonly codes: Readonly<Record<number, string>>;
}

/**
 * Minor units of historic codes: list three has none, so they are taken from the last list that had the code as a
 * current one. A code that is in none of them was withdrawn before lists with minor units were published as data. It
 * has no minor unit here: an amount in it that is given in minor units is rejected, and never converted by a guess.
 *
 * Codes with more than one period of use: a code that one territory gave up, or whose currency was renamed, is in both
 * lists and has the current minor unit (EUR, IDR, MWK, PEN, RON, SDG, SZL, TRY). HRK, VEF, RUR and ZWD were withdrawn
 * more than once under one code, with the same minor unit. ANG and XCG share the number 532, so numbers are not used
 * here. ISO changed the minor unit of some current codes (CLF had 0, UGX and VND had 2 in data version 140): each has
 * the current one.
 */
export const HISTORIC_MINOR_UNITS: readonly MinorUnitSource[] = [
  {
    source: "ISO 4217 list one, published 2024-06-25",
    codes: { 2: "ANG BGN CUC" },
  },
  {
    source: "ISO 4217 list one, published 2017-01-01",
    codes: { 2: "HRK SLL STD VEF ZWL" },
  },
  {
    // Contains the codes withdrawn from ISO 4217:2001 on, with their minor units, up to amendment 175.
    source: "OpenJDK, CurrencyData.properties, data version 175: `all`, `minor0`, `minorUndefined`",
    codes: {
      0: "ADP BEF BYB BYR ESP GRD ITL LUF MGF PTE ROL TPE TRL",
      2:
        "AFA ATS AYM AZM BGL CSD CYP DEM EEK FIM FRF GHC GWP IEP LTL LVL MRO MTL MZM NLG RUR SDD SIT SKK SRG TMM USS " +
        "VEB YUM ZMK ZWD ZWN ZWR",
    },
  },
];
