package io.rekindle.action.aws.route53;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.route53.model.AliasTarget;

/**
 * What else stands at the name of a step's records. Users ask for A, AAAA and HTTPS as their
 * machines please: a sibling that the step leaves as it is keeps those who ask for it.
 *
 * @param wanted what the step makes of the name
 * @param found all that is there
 */
record Siblings(List<RecordSet> wanted, List<RecordSet> found) {
  private static final String CNAME = "CNAME";

  /** The types by which users find a server. */
  private static final Set<String> LEADING = Set.of("A", "AAAA", CNAME, "HTTPS", "SVCB");

  /** Parameters of a service record that are addresses. */
  private static final String HINT = "ipv[46]hint=.*";

  /** Why the step cannot move all users, naming each record that is in its way. */
  Optional<String> lack() {
    return refused().or(this::elsewhere);
  }

  /**
   * A CNAME stands alone:
   * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html
   */
  private Optional<String> refused() {
    boolean single = isCname(wanted.getFirst());
    List<RecordSet> others = others().filter(other -> single || isCname(other)).toList();
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "stands beside %s, and Route 53 allows a CNAME no other record of its name: %s"
                .formatted(
                    inWords(others),
                    single
                        ? "delete it, or move it instead (type)"
                        : "delete it, or move it instead (type CNAME)"));
  }

  private static boolean isCname(RecordSet set) {
    return set.type().equals(CNAME);
  }

  private Optional<String> elsewhere() {
    if (wanted.stream().noneMatch(set -> LEADING.contains(set.type()))) {
      return Optional.empty();
    }
    List<RecordSet> elsewhere = others().filter(this::leadsElsewhere).toList();
    return elsewhere.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "is not all that users find: %s would still lead elsewhere; %s"
                .formatted(inWords(elsewhere), remedy(elsewhere)));
  }

  private String remedy(List<RecordSet> elsewhere) {
    return elsewhere.stream().allMatch(set -> set.type().equals("AAAA"))
        ? "move it along (retry --set dualStack=true) or delete it"
        : "change or delete it";
  }

  private Stream<RecordSet> others() {
    return found.stream().filter(each -> wanted.stream().noneMatch(each::hasTypeOf));
  }

  private boolean leadsElsewhere(RecordSet other) {
    if (!LEADING.contains(other.type())) {
      return false;
    }
    AliasTarget alias = other.set().aliasTarget();
    return alias == null
        ? !RecordSet.values(other.set()).stream().allMatch(this::leadsToItself)
        : wanted.stream().noneMatch(set -> leadsWhere(alias, set));
  }

  private static boolean leadsWhere(AliasTarget alias, RecordSet wanted) {
    AliasTarget other = wanted.set().aliasTarget();
    return other != null && plain(alias).equals(plain(other));
  }

  /** The console puts a word before the names of load balancers that leads to the same one. */
  private static String plain(AliasTarget alias) {
    return alias.dnsName().replaceFirst("^dualstack\\.", "");
  }

  /** Whether a service record names no server but the one that A and AAAA name. */
  private boolean leadsToItself(String value) {
    String[] parts = value.toLowerCase(Locale.ROOT).split("\\s+");
    return parts.length > 1
        && (parts[1].equals(".") || parts[1].equals(wanted.getFirst().set().name()))
        && Arrays.stream(parts).noneMatch(part -> part.matches(HINT));
  }

  private static String inWords(List<RecordSet> sets) {
    return sets.stream().map(RecordSet::inWords).collect(Collectors.joining(" and "));
  }
}
