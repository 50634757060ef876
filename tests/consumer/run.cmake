# Installs gridgrad to a fresh prefix, then builds and runs a consumer of it.
#
#   cmake -DSOURCE=... -DWORK=... -DCOMPILER=... [-DBUILD=...] -P run.cmake
#
# Installs from the build tree BUILD, or, without it, from a shared build made in WORK, whose
# exported names are checked. It is not optimised, which takes half as long to compile: what
# is exported is the same, and more if anything.

file(REMOVE_RECURSE ${WORK}/prefix ${WORK}/consumer)

function(run)
  execute_process(COMMAND ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# Fails unless everything that the library exports belongs to gridgrad.
function(check_exports library)
  execute_process(COMMAND nm -DC --defined-only ${library} OUTPUT_VARIABLE exported
    COMMAND_ERROR_IS_FATAL ANY)
  string(REGEX MATCHALL "[^\n]+" lines "${exported}")
  set(foreign ${lines})
  list(FILTER foreign EXCLUDE REGEX
    "^[0-9a-f]* [A-Za-z] ((typeinfo|typeinfo name|vtable) for )?gridgrad::")
  if(foreign OR NOT lines)
    list(JOIN foreign "\n" foreign)
    message(FATAL_ERROR "${library} exports\n${foreign}")
  endif()
endfunction()

if(NOT BUILD)
  set(BUILD ${WORK}/shared)
  run(${CMAKE_COMMAND} -S ${SOURCE} -B ${BUILD} -G Ninja -DCMAKE_CXX_COMPILER=${COMPILER}
    -DCMAKE_BUILD_TYPE=Debug -DBUILD_SHARED_LIBS=ON
    -DGRIDGRAD_BUILD_CLI=OFF -DGRIDGRAD_BUILD_TESTS=OFF)
  run(${CMAKE_COMMAND} --build ${BUILD})
  check_exports(${BUILD}/lib/libgridgrad.so)
endif()

run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/prefix)
run(${CMAKE_COMMAND} -S ${SOURCE}/tests/consumer -B ${WORK}/consumer -G Ninja
  -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_PREFIX_PATH=${WORK}/prefix)
run(${CMAKE_COMMAND} --build ${WORK}/consumer)
run(${WORK}/consumer/consumer)
