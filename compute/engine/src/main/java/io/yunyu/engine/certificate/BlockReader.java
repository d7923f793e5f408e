package io.yunyu.engine.certificate;

import io.yunyu.engine.policy.Catalyst;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.analysis.UnresolvedHaving;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedStar;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sample;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedHint;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import org.apache.spark.sql.catalyst.plans.logical.WithWindowDefinition;

/**
 * Finds the SELECT blocks of a parsed query. Of a query that is more than one block each block is one to try by itself; a
 * block that reads an inner one without adding to it is also read as one over the inner one's tables.
 */
final class BlockReader {
    private static final int MAX_BLOCKS = 6;

    /** A block, and what of the query was left out to come to it. */
    record Draft(List<String> steps, QueryBlock block) {
        Draft {
            steps = List.copyOf(steps);
        }
    }

    private final List<Draft> drafts = new ArrayList<>();

    private BlockReader() {}

    /** In the order of the text, outer blocks first; at most {@value #MAX_BLOCKS}. */
    static List<Draft> of(LogicalPlan parsed) {
        BlockReader reader = new BlockReader();
        reader.read(parsed, List.of());
        return reader.drafts.stream().limit(MAX_BLOCKS).toList();
    }

    private void read(LogicalPlan plan, List<String> steps) {
        if (drafts.size() >= MAX_BLOCKS) {
            return;
        }
        Reading reading = new Reading(steps);
        LogicalPlan below = reading.top(plan);
        if (below instanceof UnresolvedWith with) {
            List<LogicalPlan> named = new ArrayList<>();
            Catalyst.list(with.cteRelations()).forEach(c -> named.add(c._2()));
            read(inlined(with.child(), named), steps);
            named.forEach(inner -> read(inner.children().head(), plus(steps, alone())));
        } else if (below instanceof Project || below instanceof Aggregate) {
            reading.block(below).ifPresent(block -> drafts.add(new Draft(reading.steps, block)));
            inner(below).ifPresent(inner -> read(inner, plus(steps, alone())));
        } else if (!below.children().isEmpty()) {
            // A set operation, or a command around a query.
            Catalyst.list(below.children()).forEach(child -> read(child, plus(steps, alone())));
        }
    }

    private static String alone() {
        return step("Submit this one SELECT by itself.");
    }

    private static String step(String sentence) {
        return sentence;
    }

    private static List<String> plus(List<String> steps, String step) {
        List<String> more = new ArrayList<>(steps);
        if (!more.contains(step)) {
            more.add(step);
        }
        return more;
    }

    /** The query with what WITH names put in place of the names. */
    private static LogicalPlan inlined(LogicalPlan query, List<LogicalPlan> named) {
        return Catalyst.rebuilt(query, node -> {
            if (node instanceof UnresolvedRelation r && r.multipartIdentifier().size() == 1) {
                return named.stream()
                        .filter(n -> n instanceof SubqueryAlias a
                                && a.alias()
                                        .equalsIgnoreCase(
                                                r.multipartIdentifier().head()))
                        .findFirst()
                        .orElse(null);
            }
            return null;
        });
    }

    /** The query that a block reads, if it reads one. */
    private static Optional<LogicalPlan> inner(LogicalPlan block) {
        LogicalPlan from = block.children().head();
        if (from instanceof Filter filter) {
            from = filter.child();
        }
        while (from instanceof SubqueryAlias alias) {
            from = alias.child();
        }
        return from instanceof UnresolvedRelation
                        || from instanceof Join
                        || from.children().isEmpty()
                ? Optional.empty()
                : Optional.of(from);
    }

    /** What is collected on the way down. */
    private static final class Reading {
        private final List<String> steps;
        private boolean distinct;
        private final List<Expression> having = new ArrayList<>();
        private final List<SortOrder> order = new ArrayList<>();
        private Optional<Expression> limit = Optional.empty();
        private Optional<Expression> offset = Optional.empty();
        private final List<QueryBlock.Source> sources = new ArrayList<>();
        private final List<Expression> where = new ArrayList<>();

        Reading(List<String> steps) {
            this.steps = new ArrayList<>(steps);
        }

        LogicalPlan top(LogicalPlan plan) {
            LogicalPlan node = plan;
            while (true) {
                if (node instanceof GlobalLimit g) {
                    limit = Optional.of(g.limitExpr());
                } else if (node instanceof Offset o) {
                    offset = Optional.of(o.offsetExpr());
                } else if (node instanceof Sort s) {
                    order.addAll(Catalyst.list(s.order()));
                } else if (node instanceof UnresolvedHaving h) {
                    having.addAll(Catalyst.conjuncts(h.havingCondition()));
                } else if (node instanceof Distinct d && !isSetOperation(d.child())) {
                    distinct = true;
                } else if (node instanceof UnresolvedHint) {
                    steps.add(step("Remove the hint."));
                } else if (node instanceof WithWindowDefinition) {
                    steps.add(step("Remove WINDOW."));
                } else if (!(node instanceof LocalLimit)) {
                    return node;
                }
                node = node.children().head();
            }
        }

        private static boolean isSetOperation(LogicalPlan node) {
            return node.children().size() > 1;
        }

        Optional<QueryBlock> block(LogicalPlan node) {
            List<Expression> items = new ArrayList<>();
            List<Expression> groups = new ArrayList<>();
            if (node instanceof Aggregate a) {
                Catalyst.list(a.aggregateExpressions()).forEach(e -> items.add((Expression) e));
                groups.addAll(Catalyst.list(a.groupingExpressions()));
            } else {
                Catalyst.list(((Project) node).projectList()).forEach(e -> items.add((Expression) e));
            }
            if (!from(node.children().head())) {
                return Optional.empty();
            }
            groups.replaceAll(g -> ordinal(g, items).orElse(g));
            order.replaceAll(o -> ordinal(o.child(), items)
                    .map(e -> (SortOrder) o.withNewChildren(Catalyst.seq(List.of(e))))
                    .orElse(o));
            return Optional.of(new QueryBlock(items, distinct, sources, where, groups, having, order, limit, offset));
        }

        /** What a place in the SELECT list stands for. */
        private static Optional<Expression> ordinal(Expression e, List<Expression> items) {
            return e instanceof Literal l && l.value() instanceof Integer n && n >= 1 && n <= items.size()
                    ? Optional.of(QueryBlock.bare(items.get(n - 1)))
                    : Optional.empty();
        }

        private boolean from(LogicalPlan node) {
            if (node instanceof Filter filter) {
                where.addAll(Catalyst.conjuncts(filter.condition()));
                return from(filter.child());
            } else if (node instanceof Sample sample) {
                steps.add(step("Remove TABLESAMPLE."));
                return from(sample.child());
            } else if (node instanceof Join join) {
                int before = sources.size();
                if (!from(join.left()) || sources.size() == before || !from(join.right())) {
                    return false;
                }
                QueryBlock.Source right = sources.remove(sources.size() - 1);
                List<Expression> on = join.condition().isDefined()
                        ? Catalyst.conjuncts(join.condition().get())
                        : List.of();
                boolean inner = join.joinType().sql().equals("INNER");
                return right.on().isEmpty()
                        && sources.add(new QueryBlock.Source(right.table(), right.alias(), inner, on));
            } else if (node instanceof UnresolvedRelation relation) {
                return sources.add(new QueryBlock.Source(
                        Catalyst.list(relation.multipartIdentifier()), Optional.empty(), true, List.of()));
            } else if (node instanceof SubqueryAlias alias && alias.child() instanceof UnresolvedRelation relation) {
                return sources.add(new QueryBlock.Source(
                        Catalyst.list(relation.multipartIdentifier()), Optional.of(alias.alias()), true, List.of()));
            }
            return node instanceof SubqueryAlias alias && plainInner(alias);
        }

        /** {@code (SELECT * FROM t WHERE c) a} is read as t under c. */
        private boolean plainInner(SubqueryAlias alias) {
            Reading inner = new Reading(List.of());
            LogicalPlan below = inner.top(alias.child());
            if (!(below instanceof Project project)
                    || !Catalyst.list(project.projectList()).stream()
                            .allMatch(e -> e instanceof UnresolvedStar
                                    || QueryBlock.bare((Expression) e)
                                                    instanceof
                                                    org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute
                                            && QueryBlock.name((Expression) e).isEmpty())
                    || !inner.from(project.child())
                    || inner.sources.size() != 1
                    || inner.distinct) {
                return false;
            }
            steps.add(step("Read the table itself in place of the inner SELECT."));
            steps.addAll(inner.steps);
            where.addAll(inner.where);
            QueryBlock.Source table = inner.sources.get(0);
            return sources.add(new QueryBlock.Source(table.table(), Optional.of(alias.alias()), true, List.of()));
        }
    }
}
