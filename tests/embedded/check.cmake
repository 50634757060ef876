# Compiles SOURCE to an object and looks at what it asks the linker for: nothing of the heap,
# of exceptions or of run-time types.
#
#   COMMAND  compiler and flags
#   NM       lists the symbols of such objects

set(object ${WORK}/${NAME}.o)
execute_process(COMMAND ${COMMAND} -std=c++20 -O2 -fno-exceptions -fno-rtti -Wall -Wextra
    -Wpedantic -Wshadow -Werror -c ${SOURCE} -o ${object}
  COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${NM} --undefined-only ${object}
  OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
if(NOT symbols MATCHES "sqrt")
  message(FATAL_ERROR "the object does not hold the differentiators:\n${symbols}")
endif()
if(symbols MATCHES "alloc|free|_Zn|_Zd|__cxa|_Unwind|__gxx|_ZTI|_ZTV|_ZSt|throw")
  message(FATAL_ERROR "the heap, exceptions or run-time types are used:\n${symbols}")
endif()
