package io.rekindle.action.aws;

import java.util.List;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.TagFilter;

/** What carries the tags of a run, in whatever service. */
final class TaggedThings {
  private TaggedThings() {}

  /** Their ARNs; also of what was deleted some time ago. */
  static List<String> of(Visit visit, Ownership ownership) {
    List<TagFilter> filters =
        ownership.marksOfRun().entrySet().stream()
            .map(tag -> TagFilter.builder().key(tag.getKey()).values(tag.getValue()).build())
            .toList();
    return visit
        .client(ResourceGroupsTaggingApiClient.class, ResourceGroupsTaggingApiClient::builder)
        .getResourcesPaginator(request -> request.tagFilters(filters))
        .resourceTagMappingList()
        .stream()
        .map(ResourceTagMapping::resourceARN)
        .toList();
  }
}
