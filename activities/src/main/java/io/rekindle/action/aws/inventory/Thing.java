package io.rekindle.action.aws.inventory;

import java.util.Map;

/**
 * Something that is there.
 *
 * @param arn what tells it from all others; what was deleted and made again is not the same
 * @param state what it is doing, in AWS's word; empty where that is nothing
 * @param tags empty where AWS does not show them in a list
 * @param source what AWS made it of by itself, such as the database of an automated backup; empty
 *     for what somebody asked for
 */
public record Thing(
    String name, String arn, String state, Map<String, String> tags, String source, Cost cost) {

  /** What somebody asked for. */
  public static Thing of(String name, String arn, Map<String, String> tags, Cost cost) {
    return new Thing(name, arn, "", tags, "", cost);
  }

  public Thing in(String now) {
    return new Thing(name, arn, now, tags, source, cost);
  }

  /** What AWS made by itself. */
  public Thing madeOf(String other) {
    return new Thing(name, arn, state, tags, other, cost);
  }
}
