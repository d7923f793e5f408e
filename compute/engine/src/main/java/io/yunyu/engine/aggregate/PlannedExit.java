package io.yunyu.engine.aggregate;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.Publication;
import io.yunyu.contract.channel.EngineEvent;
import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.disclosure.RefusalCertificate;
import io.yunyu.contract.disclosure.RefusalCertificate.Basis;
import io.yunyu.contract.disclosure.ReviewFacts;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.engine.candidate.ReviewSeal;
import io.yunyu.engine.certificate.RefusalCertificates;
import io.yunyu.engine.channel.EventSink;
import io.yunyu.engine.channel.GuardQuestions;
import io.yunyu.engine.channel.VaultQuestions;
import io.yunyu.engine.guard.GuardMemory;
import io.yunyu.engine.guard.GuardRecord;
import io.yunyu.engine.guard.PublishedTable;
import io.yunyu.engine.guard.Region;
import io.yunyu.engine.policy.CheckedQuery;
import io.yunyu.engine.policy.PlanBarrier;
import io.yunyu.engine.policy.QueryPolicy;
import io.yunyu.engine.policy.Verdict;
import io.yunyu.engine.primary.PrimaryRules;
import io.yunyu.engine.suppression.PatternCheck;
import io.yunyu.engine.suppression.PatternSolver;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;

/**
 * The exit for planned publications: exact tables with totals, whose cells are withheld by primary rules and, so that
 * nobody computes those back, by a pattern that a solver proposes and that is proved here.
 *
 * <p>Guarantees: the query is the signed agreement's; every flagged cell is withheld, and for each there are two tables of
 * whole numbers that satisfy all that is published, on this occasion and before on the dataset family, and differ from the
 * true one by its protection level to either side. Otherwise nothing is published.
 *
 * <p>Does not promise protection against somebody who knows more than the published cells, that nobody is in an empty one,
 * and one cell of his own; or that two measures of a cell tell no more together than each.
 */
public final class PlannedExit {
    private PlannedExit() {}

    /**
     * Runs a publication; the sealed candidate goes to {@code sealedOutput} in pieces of at most 512 KiB.
     *
     * @throws io.yunyu.contract.json.JsonException if grant or agreement cannot be read
     * @throws ProblemException if the grant exceeds its agreement, or the agreement has no such publication
     */
    public static EngineResult run(
            SparkSession spark,
            EngineJob.PublicationJob job,
            VaultQuestions vault,
            GuardQuestions guard,
            PatternSolver solver,
            Consumer<byte[]> sealedOutput,
            EventSink events) {
        return run(
                spark,
                job,
                guard,
                solver,
                PatternCheck::of,
                new EncryptedOriginals(spark, job.tablePaths(), vault),
                sealedOutput,
                events);
    }

    /** As above, over tables from elsewhere. */
    static EngineResult run(
            SparkSession spark,
            EngineJob.PublicationJob job,
            GuardQuestions guard,
            PatternSolver solver,
            PlannedPattern.Check check,
            OriginalTables originals,
            Consumer<byte[]> sealedOutput,
            EventSink events) {
        AccessGrant grant = AccessGrant.parse(job.grant());
        GrantAuthority.require(grant, job.agreement());
        Publication publication = publication(Agreement.parse(job.agreement()), job.publication());
        EngineJob.SqlJob sql = new EngineJob.SqlJob(
                job.jobId(),
                publication.sql(),
                job.agreement(),
                job.signatures(),
                job.grant(),
                job.tablePaths(),
                job.reviewKey(),
                job.maxOutputBytes());
        PlanBarrier.seal(spark);
        Verdict verdict = QueryPolicy.check(spark, publication.sql(), grant);
        events.happened(EngineEvent.QUERY_CHECKED);
        if (verdict instanceof Verdict.Refused refused) {
            return new Reports(grant)
                    .refused(
                            refused.findings(),
                            certificates(spark, publication, grant).ofText());
        }
        CheckedQuery query = ((Verdict.Passed) verdict).query();
        CellPlan plan = CellPlan.of(query);
        Optional<DisclosureFinding> form = PlannedForm.finding(plan, grant);
        if (form.isPresent()) {
            return new Reports(grant)
                    .refused(
                            List.of(form.get()),
                            certificates(spark, publication, grant).ofText());
        }
        ZoneId zone = ZoneId.of(spark.conf().get("spark.sql.session.timeZone"));
        DemandedCells demanded = new DemandedCells(plan, publication.publish(), zone);
        if (demanded.unknown().isPresent()) {
            return new Reports(grant)
                    .refused(
                            List.of(unknown(grant, demanded.unknown().getAsInt())),
                            new RefusalCertificate(Basis.TEXT, 0, Optional.empty()));
        }
        ReviewSeal seal = ReviewSeal.to(job.reviewKey());
        String family = query.tables().get(0).table().family();
        byte[] guardKey = guard.guardKey(family);
        events.happened(EngineEvent.KEYS_RECEIVED);
        int maxCells = grant.protection().maxCells();
        SketchColumns sketches = SketchColumns.of(plan, GuardMemory.hashKeys(guardKey));
        List<Cell> cells = ScanProgress.during(
                spark,
                query.tables().size(),
                events,
                () -> CellQuery.run(spark, plan, originals, sketches, Math.addExact(maxCells, 1)));
        events.happened(EngineEvent.CELLS_COMPUTED);
        if (cells.size() > maxCells) {
            return new Reports(grant).tooManyCells(RefusalCertificates.ofData());
        }
        PlannedTable table = new PlannedTable(plan, PlannedTable.ordered(cells));
        GuardMemory memory = GuardMemory.open(family, guardKey, guard);
        DemandedCells.Found found = demanded.in(table.cells());
        Planned planned =
                planned(table, plan, zone, grant, publication.cost(), found.cells(), memory.records(), solver, check);
        if (planned.rule().isPresent()) {
            return refused(grant, finding(grant, planned.rule().get()));
        }
        Answered answered = planned.answered(plan, grant, found.empty());
        return AggregateExit.sealed(
                spark,
                sql,
                query,
                seal,
                answered,
                sealedOutput,
                events,
                () -> memory.reserve(GuardRecord.of(
                        job.jobId(), grant.assignee(), LocalDate.now(zone).toEpochDay(), planned.remembered())));
    }

    /** Of changes that pass as a planned publication. */
    private static RefusalCertificates certificates(SparkSession spark, Publication publication, AccessGrant grant) {
        return new RefusalCertificates(
                spark, publication.sql(), grant, query -> PlannedForm.finding(CellPlan.of(query), grant)
                        .map(DisclosureFinding::rule));
    }

    private static DisclosureFinding unknown(AccessGrant grant, int entry) {
        return PlannedForm.finding(
                grant,
                DemandedCells.UNKNOWN,
                "Entry " + entry
                        + " of 'publish' can be no cell of this table. Name all columns of one grouping as the table calls"
                        + " them, and labels as it shows them: dates as 2026-11-30, declared codes as they are declared, a"
                        + " missing label as an empty text.");
    }

    private static Publication publication(Agreement agreement, int number) {
        if (number < 1 || number > agreement.publications().size()) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST,
                    "The agreement has " + agreement.publications().size()
                            + " planned publications; name one of them by its number, counted from 1.");
        }
        return agreement.publications().get(number - 1);
    }

    /** What is decided: a rule that refuses, or a table with its pattern. */
    private record Planned(
            Optional<String> rule,
            PlannedTable table,
            List<PlannedMeasure> measures,
            Optional<PlannedPattern> pattern,
            PublishedTable remembered) {
        Answered answered(CellPlan plan, AccessGrant grant, int emptyDemands) {
            PlannedPattern found = pattern.orElseThrow();
            ProtectedCells cells =
                    ProtectedCells.of(plan, table.cells(), new PlannedProtection(table, found, measures));
            long secondary = cells.cellsByRule().getOrDefault(PlannedPattern.SECONDARY, 0L);
            ReviewFacts.Suppression facts = new ReviewFacts.Suppression(
                    cells.suppressedCells() - secondary,
                    secondary,
                    found.optimal(),
                    ReviewFacts.RatioBand.of(found.smallestRatio()));
            return new Answered(
                    plan,
                    cells,
                    new Reports(grant).planned(cells, found.optimal(), emptyDemands),
                    ValueNoise.none(plan),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(facts));
        }
    }

    private static Planned planned(
            PlannedTable table,
            CellPlan plan,
            ZoneId zone,
            AccessGrant grant,
            Publication.Cost cost,
            BitSet demanded,
            List<GuardRecord> records,
            PatternSolver solver,
            PlannedPattern.Check check) {
        Region about = new CellRegions(plan, zone).whole();
        PlannedFamily family = new PlannedFamily(records, about);
        int minUnits = family.minUnits(grant.protection().minUnits());
        int pPercent = family.pPercent(grant.protection().pPercent());
        PrimaryRules rules = PlannedTable.rules(minUnits, pPercent);
        List<PlannedMeasure> measures = plan.values().stream()
                .map(value -> PlannedMeasure.of(plan, value, rules, pPercent))
                .distinct()
                .toList();
        PlannedSource source = new PlannedSource(plan);
        List<String> names = table.names(source);
        PublishedTable nothing = remembered(plan, source, about, measures, minUnits, pPercent, Set.of());
        Optional<String> earlier = family.refusal(nothing);
        if (earlier.isPresent()) {
            return new Planned(earlier, table, measures, Optional.empty(), nothing);
        }
        BitSet fixed = (BitSet) demanded.clone();
        fixed.or(family.published(names));
        PlannedPattern.Result result = PlannedPattern.of(table, measures, cost, fixed, solver, check);
        if (result instanceof PlannedPattern.Result.Refused refused) {
            return new Planned(Optional.of(refused.rule()), table, measures, Optional.empty(), nothing);
        }
        PlannedPattern pattern = ((PlannedPattern.Result.Found) result).pattern();
        if (pattern.givesBackFew(table, minUnits)) {
            return new Planned(Optional.of(PlannedPattern.SUM_OF_FEW), table, measures, Optional.empty(), nothing);
        }
        BitSet withheld = pattern.cells();
        Set<String> published = IntStream.range(0, names.size())
                .filter(c -> !withheld.get(c))
                .mapToObj(names::get)
                .collect(Collectors.toSet());
        return new Planned(
                Optional.empty(),
                table,
                measures,
                Optional.of(pattern),
                remembered(plan, source, about, measures, minUnits, pPercent, published));
    }

    private static PublishedTable remembered(
            CellPlan plan,
            PlannedSource source,
            Region about,
            List<PlannedMeasure> measures,
            int minUnits,
            int pPercent,
            Set<String> published) {
        Set<List<String>> sets = new HashSet<>();
        for (List<Integer> set : plan.query().groupingSets()) {
            sets.add(set.stream().map(source::key).distinct().sorted().toList());
        }
        return new PublishedTable(
                source.digest(),
                about,
                measures.stream().map(PlannedMeasure::name).toList(),
                sets,
                minUnits,
                pPercent,
                published);
    }

    private static EngineResult refused(AccessGrant grant, DisclosureFinding finding) {
        return new Reports(grant).refused(List.of(finding), RefusalCertificates.ofData());
    }

    /** Names the rule and no cell. */
    private static DisclosureFinding finding(AccessGrant grant, String rule) {
        return PlannedForm.finding(
                grant,
                rule,
                switch (rule) {
                    case PlannedFamily.EARLIER_ANSWERS ->
                        "Noisy answers or data elements were given on this dataset family before, and an exact table would tell"
                                + " more together with them. Publish on a family of its own, or ask under a privacy clause.";
                    case PlannedFamily.PUBLISHED ->
                        "This table of these records was published before. Take the release of that job.";
                    case PlannedFamily.EARLIER_PUBLICATION ->
                        "An earlier publication of this dataset family may share records with this one, and is of another"
                                + " version, condition or measure, or has a grouping that is not in this one: what differs"
                                + " between the two would be a table that nobody protected. Publish records that it has none"
                                + " of, such as those of the next month (WHERE a date is at least the month's first day and"
                                + " before the next one's), or the same ones with all of its groupings.";
                    case PlannedPattern.DEMANDED ->
                        "A cell that is among those to be published, here or before, is withheld by a primary rule. Take it out of"
                                + " 'publish', or group more coarsely.";
                    case PlannedPattern.INFEASIBLE ->
                        "Even with all cells withheld that may be, one could be estimated too closely. Demand fewer cells, or"
                                + " group more coarsely.";
                    case PlannedPattern.SUM_OF_FEW ->
                        "The published cells would give back a group of few units by sums and differences. Group more coarsely.";
                    case PlannedPattern.RANGE -> "A sum left the range in which it is exact. Group more finely.";
                    default ->
                        "The solver's pattern came without proof that every withheld cell is safe, so that nothing is published."
                                + " Tell the operator.";
                });
    }
}
