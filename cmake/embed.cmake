# kates_embed_schemas(<target>): compiles the files of resources/schemas into the target, so that no path is needed at run time.
# The order is that of discovery (/apis), as upstream's: kubectl resolves an ambiguous short name to the first group that has it.
set(KATES_KUBERNETES_SCHEMAS
  meta/v1
  core/objects core/pod core/container core/volumes core/persistent_volumes core/network core/node
  apiregistration.k8s.io/v1 apps/v1 events.k8s.io/v1 authentication.k8s.io/v1 authorization.k8s.io/v1 autoscaling/v2 autoscaling/v1
  batch/v1 certificates.k8s.io/v1 networking.k8s.io/v1 policy/v1 rbac.authorization.k8s.io/v1 storage.k8s.io/v1
  admissionregistration.k8s.io/v1 apiextensions.k8s.io/v1 scheduling.k8s.io/v1 coordination.k8s.io/v1 node.k8s.io/v1
  discovery.k8s.io/v1 resource.k8s.io/v1 flowcontrol.apiserver.k8s.io/v1 metrics.k8s.io/v1beta1)
set(KATES_ENGINE_SCHEMAS engine/v1alpha1)

function(kates_embed_schemas target)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/embedded_schemas.cpp)
  set(script ${CMAKE_SOURCE_DIR}/cmake/write_schemas.cmake)
  set(inputs)
  foreach(name ${KATES_KUBERNETES_SCHEMAS} ${KATES_ENGINE_SCHEMAS})
    list(APPEND inputs ${CMAKE_SOURCE_DIR}/resources/schemas/${name}.schema)
  endforeach()
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DOUTPUT=${output} -DFOLDER=${CMAKE_SOURCE_DIR}/resources/schemas
      "-DKUBERNETES=${KATES_KUBERNETES_SCHEMAS}" "-DENGINE=${KATES_ENGINE_SCHEMAS}" -P ${script}
    DEPENDS ${inputs} ${script} VERBATIM COMMENT "Embedding resources/schemas")
  target_sources(${target} PRIVATE ${output})
endfunction()
