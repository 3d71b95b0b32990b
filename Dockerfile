# For hosts that want an image. It does nothing but wait until somebody opens a console in it and types: tgsession login
FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /src
COPY pom.xml ./
COPY scripts/tgsession ./scripts/tgsession
COPY src/main ./src/main
RUN mvn -B -Dmaven.test.skip=true package

FROM eclipse-temurin:17-jre
COPY --from=build /src/scripts/tgsession /app/scripts/tgsession
COPY --from=build /src/target/tgsession.jar /app/target/tgsession.jar
RUN ln -s /app/scripts/tgsession /usr/local/bin/tgsession
WORKDIR /app
CMD ["sleep", "infinity"]
