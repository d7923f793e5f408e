package io.yunyu.engine.dryrun;

import io.yunyu.engine.policy.Catalyst;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.Or;

/** A condition as alternatives (disjunctive normal form): each a list of comparisons that must all hold. */
final class FilterBranches {
    /** Alternatives beyond this are left out: the others find rows as well. */
    private static final int MOST = 64;

    private FilterBranches() {}

    static List<List<Expression>> of(List<Expression> conditions) {
        List<List<Expression>> branches = List.of(List.of());
        for (Expression condition : conditions) {
            branches = both(branches, of(condition, false));
        }
        return branches;
    }

    private static List<List<Expression>> of(Expression condition, boolean negated) {
        if (condition instanceof Not not) {
            return of(not.child(), !negated);
        }
        boolean and = condition instanceof And;
        if (!and && !(condition instanceof Or)) {
            return List.of(List.of(negated ? new Not(condition) : condition));
        }
        List<Expression> sides = Catalyst.children(condition);
        List<List<Expression>> left = of(sides.get(0), negated);
        List<List<Expression>> right = of(sides.get(1), negated);
        return and != negated ? both(left, right) : either(left, right);
    }

    private static List<List<Expression>> both(List<List<Expression>> left, List<List<Expression>> right) {
        List<List<Expression>> branches = new ArrayList<>();
        for (List<Expression> l : left) {
            for (List<Expression> r : right) {
                if (branches.size() < MOST) {
                    List<Expression> all = new ArrayList<>(l);
                    all.addAll(r);
                    branches.add(all);
                }
            }
        }
        return branches;
    }

    /** Alternately from both sides, so that what is left out is not all of one. */
    private static List<List<Expression>> either(List<List<Expression>> left, List<List<Expression>> right) {
        List<List<Expression>> branches = new ArrayList<>();
        for (int i = 0; i < Math.max(left.size(), right.size()) && branches.size() < MOST; i++) {
            if (i < left.size()) {
                branches.add(left.get(i));
            }
            if (i < right.size() && branches.size() < MOST) {
                branches.add(right.get(i));
            }
        }
        return branches;
    }
}
