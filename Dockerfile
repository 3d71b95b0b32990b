# For hosts that want an image. It does nothing but wait until somebody opens a console in it and types: tgsession login
FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /src
COPY pom.xml ./
COPY scripts/tgsession scripts/make-archives ./scripts/
COPY src/main ./src/main
RUN mvn -B -Dmaven.test.skip=true package

FROM eclipse-temurin:17-jre
COPY --from=build /src/scripts /app/scripts
COPY --from=build /src/target/tgsession.jar /app/target/tgsession.jar
# Once more for this Java: an archive fits the one that made it.
RUN ln -s /app/scripts/tgsession /usr/local/bin/tgsession && (/app/scripts/make-archives || true)
WORKDIR /app
CMD ["sleep", "infinity"]
