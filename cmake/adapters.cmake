# The libraries that the adapters in include/gridgrad/adapt/ are for. None is needed to build
# or install the library: these are found for the tests and the examples, and a skipped one is
# named in the summary. Sets GRIDGRAD_HAS_EIGEN, GRIDGRAD_HAS_XTENSOR, GRIDGRAD_HAS_CERES,
# GRIDGRAD_HAS_MDSPAN (this compiler has <mdspan>) and GRIDGRAD_LIBCXX_COMPILER (another one that has, or empty).

include(CheckCXXSourceCompiles)

find_package(Eigen3 3.3 QUIET NO_MODULE)
set(GRIDGRAD_HAS_EIGEN ${Eigen3_FOUND})
find_package(xtensor 0.24 QUIET)
set(GRIDGRAD_HAS_XTENSOR ${xtensor_FOUND})
include(${CMAKE_CURRENT_LIST_DIR}/ceres.cmake)

set(mdspan_program "#include <mdspan>\nint main() { int a = 0; return std::mdspan<int, std::extents<int>>(&a).rank(); }")
set(CMAKE_REQUIRED_FLAGS ${CMAKE_CXX23_STANDARD_COMPILE_OPTION})
check_cxx_source_compiles("${mdspan_program}" GRIDGRAD_HAS_MDSPAN)
unset(CMAKE_REQUIRED_FLAGS)

set(GRIDGRAD_LIBCXX_COMPILER "")
find_program(GRIDGRAD_CLANG NAMES clang++-21 clang++-20 clang++-19 clang++)
if(GRIDGRAD_CLANG AND NOT GRIDGRAD_HAS_MDSPAN)
  set(mdspan_source ${PROJECT_BINARY_DIR}/CMakeFiles/has_mdspan.cpp)
  file(CONFIGURE OUTPUT ${mdspan_source} CONTENT "${mdspan_program}")
  execute_process(
    COMMAND ${GRIDGRAD_CLANG} -std=c++2b -stdlib=libc++ -fsyntax-only ${mdspan_source}
    RESULT_VARIABLE mdspan_failed OUTPUT_QUIET ERROR_QUIET)
  if(NOT mdspan_failed)
    set(GRIDGRAD_LIBCXX_COMPILER ${GRIDGRAD_CLANG})
  endif()
endif()

# gridgrad_summary(part found missing): one line that says whether a part takes part.
function(gridgrad_summary part found missing)
  if(found)
    message(STATUS "gridgrad: ${part}: yes")
  else()
    message(STATUS "gridgrad: ${part}: skipped, ${missing}")
  endif()
endfunction()

gridgrad_summary("adapter ceres, test and example" "${GRIDGRAD_HAS_CERES}" "Ceres not found (libceres-dev)")
gridgrad_summary("adapters eigen and autodiff, tests and example" "${GRIDGRAD_HAS_EIGEN}" "Eigen3 not found (libeigen3-dev)")
gridgrad_summary("adapter xtensor, test and example" "${GRIDGRAD_HAS_XTENSOR}" "xtensor not found (libxtensor-dev)")
if(GRIDGRAD_HAS_MDSPAN)
  gridgrad_summary("adapter mdspan, test and example" TRUE "")
else()
  gridgrad_summary("adapter mdspan, header test with libc++" "${GRIDGRAD_LIBCXX_COMPILER}"
    "no compiler with <mdspan> (clang-19 libc++-19-dev)")
endif()
