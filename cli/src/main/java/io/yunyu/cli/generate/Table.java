package io.yunyu.cli.generate;

import static io.yunyu.cli.generate.GeneratedColumn.citizenId;
import static io.yunyu.cli.generate.GeneratedColumn.of;
import static io.yunyu.cli.generate.GeneratedColumn.uscc;

import io.yunyu.contract.dimension.Periods;
import java.util.List;
import java.util.Locale;

/** The tables that can be generated. Names of tables and columns follow common practice of the four basic libraries. */
public enum Table {
    /** One row per person. */
    POP_BASE(List.of(
            citizenId("id_no", "公民身份号码", "citizen identifier"),
            of("name", "STRING", "姓名", "name"),
            of("sex", "STRING", "性别", "sex").in(Codes.SEXES),
            of("birth_date", "DATE", "出生日期", "date of birth").by(new Periods(Periods.Finest.YEAR)),
            of("ethnic", "STRING", "民族", "ethnic group").in(Prefectures.ethnicGroups()),
            of("hukou_area", "STRING", "户籍地代码", "code of the prefecture of registration")
                    .by(Prefectures.divisions()),
            of("reside_area", "STRING", "常住地代码", "code of the prefecture of residence")
                    .by(Prefectures.divisions()),
            of("prefecture", "STRING", "常住州市", "prefecture of residence").in(Prefectures.nameList()),
            of("household_id", "STRING", "户号", "household"),
            of("marital", "STRING", "婚姻状况", "marital status").in(LifeCourse.MARITAL_STATUSES),
            of("edu", "STRING", "受教育程度", "education").in(LifeCourse.EDUCATION),
            of("alive", "STRING", "是否在世", "alive").in(Codes.YES_NO),
            of("updated_at", "DATE", "更新日期", "last update"))),
    /** One row per legal person or self-employed business. */
    LEGAL_BASE(List.of(
            uscc("uscc", "统一社会信用代码", "unified social credit code"),
            of("name", "STRING", "名称", "name"),
            of("type", "STRING", "主体类型", "kind"),
            citizenId("legal_rep_id", "法定代表人证件号码", "identifier of the legal representative"),
            of("industry", "STRING", "行业门类", "industry"),
            of("reg_capital", "DECIMAL(18,2)", "注册资本（元）", "registered capital, yuan"),
            of("est_date", "DATE", "成立日期", "date of establishment"),
            of("status", "STRING", "登记状态", "status"),
            of("area", "STRING", "所在州市", "prefecture"),
            of("staff", "LONG", "从业人数", "staff"))),
    /** One row per outpatient visit in 2025. */
    MED_OUTPATIENT(List.of(
            of("mdtrt_id", "STRING", "就诊号", "visit"),
            citizenId("id_no", "公民身份号码", "citizen identifier"),
            of("sex", "STRING", "性别", "sex").in(Codes.SEXES),
            of("age_band", "STRING", "年龄段", "age band").in(MedOutpatientRows.ageBands()),
            of("medins_no", "STRING", "医疗机构编号", "medical institution"),
            of("prefecture", "STRING", "就诊州市", "prefecture of the institution").in(Prefectures.nameList()),
            of("dept", "STRING", "科室", "department").in(Departments.nameList()),
            of("visit_date", "DATE", "就诊日期", "date of visit").by(new Periods(Periods.Finest.MONTH)),
            of("icd10", "STRING", "诊断编码", "diagnosis, ICD-10"),
            of("fee_total", "DECIMAL(12,2)", "总费用（元）", "total fee, yuan"),
            of("drug_fee", "DECIMAL(12,2)", "药品费用（元）", "of which drugs, yuan"),
            of("med_type", "STRING", "医疗类别", "kind of visit").in(MedOutpatientRows.KINDS),
            of("insutype", "STRING", "险种", "insurance").in(MedOutpatientRows.INSURANCES))),
    /** One row per insured person, month and insurance. */
    SI_PAY(List.of(
            of("aac001", "STRING", "个人编号", "insured person"),
            citizenId("aac147", "证件号码", "citizen identifier"),
            uscc("aab001", "单位编号", "employer"),
            of("prefecture", "STRING", "参保州市", "prefecture of insurance"),
            of("aae140", "STRING", "险种类型", "insurance"),
            of("aae003", "STRING", "费款所属期", "month, yyyymm"),
            of("aae180", "DECIMAL(12,2)", "缴费基数（元）", "contribution base, yuan"),
            of("aae080", "DECIMAL(12,2)", "实缴金额（元）", "paid, yuan"),
            of("status", "STRING", "缴费状态", "state of payment")));

    private final List<GeneratedColumn> columns;

    Table(List<GeneratedColumn> columns) {
        this.columns = columns;
    }

    /** The columns in the order of the file. */
    public List<GeneratedColumn> columns() {
        return columns;
    }

    /** The name in lower case, as in file names and queries. */
    public String tableName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
