"""Countries of drivers: ISO 3166 alpha-3 (until 2025) or IOC codes (since 2026) in the file, ISO 3166 alpha-2 here."""

from collections.abc import Iterable

NEUTRAL = "_"
_ISO = dict(
    pair.split("-")
    for pair in """
    ABW-AW AFG-AF AGO-AO AIA-AI ALA-AX ALB-AL AND-AD ARE-AE ARG-AR ARM-AM ASM-AS ATA-AQ ATF-TF ATG-AG AUS-AU
    AUT-AT AZE-AZ BDI-BI BEL-BE BEN-BJ BES-BQ BFA-BF BGD-BD BGR-BG BHR-BH BHS-BS BIH-BA BLM-BL BLR-BY BLZ-BZ
    BMU-BM BOL-BO BRA-BR BRB-BB BRN-BN BTN-BT BVT-BV BWA-BW CAF-CF CAN-CA CCK-CC CHE-CH CHL-CL CHN-CN CIV-CI
    CMR-CM COD-CD COG-CG COK-CK COL-CO COM-KM CPV-CV CRI-CR CUB-CU CUW-CW CXR-CX CYM-KY CYP-CY CZE-CZ DEU-DE
    DJI-DJ DMA-DM DNK-DK DOM-DO DZA-DZ ECU-EC EGY-EG ERI-ER ESH-EH ESP-ES EST-EE ETH-ET FIN-FI FJI-FJ FLK-FK
    FRA-FR FRO-FO FSM-FM GAB-GA GBR-GB GEO-GE GGY-GG GHA-GH GIB-GI GIN-GN GLP-GP GMB-GM GNB-GW GNQ-GQ GRC-GR
    GRD-GD GRL-GL GTM-GT GUF-GF GUM-GU GUY-GY HKG-HK HMD-HM HND-HN HRV-HR HTI-HT HUN-HU IDN-ID IMN-IM IND-IN
    IOT-IO IRL-IE IRN-IR IRQ-IQ ISL-IS ISR-IL ITA-IT JAM-JM JEY-JE JOR-JO JPN-JP KAZ-KZ KEN-KE KGZ-KG KHM-KH
    KIR-KI KNA-KN KOR-KR KWT-KW LAO-LA LBN-LB LBR-LR LBY-LY LCA-LC LIE-LI LKA-LK LSO-LS LTU-LT LUX-LU LVA-LV
    MAC-MO MAF-MF MAR-MA MCO-MC MDA-MD MDG-MG MDV-MV MEX-MX MHL-MH MKD-MK MLI-ML MLT-MT MMR-MM MNE-ME MNG-MN
    MNP-MP MOZ-MZ MRT-MR MSR-MS MTQ-MQ MUS-MU MWI-MW MYS-MY MYT-YT NAM-NA NCL-NC NER-NE NFK-NF NGA-NG NIC-NI
    NIU-NU NLD-NL NOR-NO NPL-NP NRU-NR NZL-NZ OMN-OM PAK-PK PAN-PA PCN-PN PER-PE PHL-PH PLW-PW PNG-PG POL-PL
    PRI-PR PRK-KP PRT-PT PRY-PY PSE-PS PYF-PF QAT-QA REU-RE ROU-RO RUS-RU RWA-RW SAU-SA SDN-SD SEN-SN SGP-SG
    SGS-GS SHN-SH SJM-SJ SLB-SB SLE-SL SLV-SV SMR-SM SOM-SO SPM-PM SRB-RS SSD-SS STP-ST SUR-SR SVK-SK SVN-SI
    SWE-SE SWZ-SZ SXM-SX SYC-SC SYR-SY TCA-TC TCD-TD TGO-TG THA-TH TJK-TJ TKL-TK TKM-TM TLS-TL TON-TO TTO-TT
    TUN-TN TUR-TR TUV-TV TWN-TW TZA-TZ UGA-UG UKR-UA UMI-UM URY-UY USA-US UZB-UZ VAT-VA VCT-VC VEN-VE VGB-VG
    VIR-VI VNM-VN VUT-VU WLF-WF WSM-WS YEM-YE ZAF-ZA ZMB-ZM ZWE-ZW
""".split()
)
# The codes of the International Olympic Committee that are not the same as those of ISO.
_IOC = dict(
    pair.split("-")
    for pair in """
    ALG-DZ ANG-AO ANT-AG ARU-AW ASA-AS BAH-BS BAN-BD BAR-BB BER-BM BHU-BT BIZ-BZ BOT-BW BRU-BN BUL-BG BUR-BF
    CAM-KH CAY-KY CGO-CG CHA-TD CHI-CL CRC-CR CRO-HR DEN-DK ESA-SV FIJ-FJ GAM-GM GBS-GW GEQ-GQ GER-DE GRE-GR
    GRN-GD GUA-GT GUI-GN HAI-HT HON-HN INA-ID IRI-IR ISV-VI IVB-VG KSA-SA KUW-KW LAT-LV LBA-LY LES-LS MAD-MG
    MAS-MY MAW-MW MGL-MN MON-MC MRI-MU MTN-MR MYA-MM NCA-NI NED-NL NEP-NP NGR-NG NIG-NE OMA-OM PAR-PY PHI-PH
    PLE-PS POR-PT PUR-PR RSA-ZA SAM-WS SEY-SC SKN-KN SLO-SI SOL-SB SRI-LK SUD-SD SUI-CH TAN-TZ TGA-TO TOG-TG
    TPE-TW UAE-AE URU-UY VAN-VU VIE-VN VIN-VC ZAM-ZM ZIM-ZW
""".split()
)
# One code of two countries: Bahrain for the IOC, Brunei for ISO.
_AMBIGUOUS = "BRN"
_BAHRAIN, _BRUNEI = "BH", "BN"
_OTHERWISE_AT_THE_IOC = frozenset(_IOC.values())
_TO_IOC = {alpha_2: code for code, alpha_2 in _IOC.items()}
_TO_ISO = {alpha_2: code for code, alpha_2 in _ISO.items()}


def nationalities(codes: Iterable[str]) -> dict[str, str]:
    """Alpha-2 by code, for all the codes of one file; "" is neutral. A code that is not known is missing.

    >>> nationalities(["GER", "DEU", "_", "XYZ"])
    {'GER': 'DE', 'DEU': 'DE', '_': ''}

    `BRN` means Bahrain if the other codes are the IOC's, Brunei if they are those of ISO, and else it is not known:

    >>> nationalities(["BRN", "SUI"])["BRN"], nationalities(["BRN", "CHE"])["BRN"], nationalities(["BRN", "FRA"])
    ('BH', 'BN', {'FRA': 'FR'})
    """
    known = {"": "", NEUTRAL: ""}
    asked = list(dict.fromkeys(codes))
    found = {
        code: alpha_2
        for code in asked
        if (alpha_2 := known.get(code, _IOC.get(code, _ISO.get(code)))) is not None and code != _AMBIGUOUS
    }
    if _AMBIGUOUS in asked:
        is_ioc = any(code in _IOC for code in found)
        is_iso = any(code in _ISO and found[code] in _OTHERWISE_AT_THE_IOC for code in found)
        if is_ioc != is_iso:
            found[_AMBIGUOUS] = _BAHRAIN if is_ioc else _BRUNEI
    return found


def code_of(alpha_2: str) -> str:
    """The code that the provider writes since 2026 for a country, "" for neutral; that of ISO where the IOC has none.

    >>> code_of("DE"), code_of("FR"), code_of("BH"), code_of("")
    ('GER', 'FRA', 'BHR', '')
    """
    return _TO_IOC.get(alpha_2) or _TO_ISO[alpha_2] if alpha_2 else ""
