<#list dependencyMap as entry>
${entry.getKey().groupId}:${entry.getKey().artifactId}:${entry.getKey().version}  <#list entry.getValue() as licence>${licence}<#sep>, </#list>
</#list>
