# kates_runtime_tests(<label>): every program runs where it is started (as root: in the host's namespaces), and as nodes run for the ordinary user kates-test
# (in a user namespace).
function(kates_runtime_tests label)
  kates_tests(LINK kates_runtime kates_launcher LABEL ${label})
  file(GLOB tests CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/tst_*.cpp)
  foreach(test ${tests})
    get_filename_component(name ${test} NAME_WE)
    target_compile_definitions(${name} PRIVATE KATES_SAMPLE_IMAGE="${KATES_SAMPLE_IMAGE}" KATES_PAUSE="$<TARGET_FILE:kates-pause>")
    add_dependencies(${name} sample_image kates-pause)
    # Root inside a holder is not run yet: there nothingIsLeftBehind() finds a pod's cgroup a moment too long (v1 hybrid hosts).
    foreach(user kates-test)
      add_test(NAME ${name}_as_${user} COMMAND ${name})
      set_tests_properties(${name}_as_${user} PROPERTIES TIMEOUT 120 LABELS ${label} ENVIRONMENT "KATES_TEST_USER=${user}" SKIP_RETURN_CODE 77)
    endforeach()
  endforeach()
endfunction()
